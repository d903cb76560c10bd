#include "base/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace showergan {
namespace {

constexpr std::chrono::milliseconds terminal_interval(200);
constexpr std::chrono::seconds plain_interval(10);

std::string duration_text(double seconds) {
  const auto s = static_cast<std::int64_t>(std::llround(seconds));
  if (s >= 3600) return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
  return fmt::format("{}:{:02}", s / 60, s % 60);
}

std::string rate_text(double rate) {
  return rate >= 100 ? fmt::format("{:.0f}", rate) : fmt::format("{:.3g}", rate);
}

int terminal_width() {
  winsize size = {};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

std::string progress_text(const std::string& what, std::int64_t done, std::int64_t total,
                          double seconds, bool last) {
  std::string text = fmt::format("{} {}", done, what);
  if (total > 0) {
    // Rounded down: 100 % is for what is really done.
    text = fmt::format("{} of {} {}, {} %", done, total, what, 100 * done / total);
  }
  if (done <= 0 || seconds <= 0) return text;
  const double rate = static_cast<double>(done) / seconds;
  text += fmt::format(", {} per second", rate_text(rate));
  if (last) return text + fmt::format(", took {}", duration_text(seconds));
  if (total <= 0) return text;
  return text + fmt::format(", {} left", duration_text(static_cast<double>(total - done) / rate));
}

std::string progress_bar(std::int64_t done, std::int64_t total, int width) {
  const int inner = std::max(width - 2, 0);
  const std::int64_t part = total > 0 ? std::clamp<std::int64_t>(done, 0, total) : 0;
  const auto filled = static_cast<std::size_t>(total > 0 ? inner * part / total : 0);
  return fmt::format("[{:.<{}}]", std::string(filled, '#'), inner);
}

Progress::Progress(std::string what, std::int64_t total, bool quiet)
    : what_(std::move(what)),
      total_(total),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) != 0),
      start_(Clock::now()),
      drawn_(start_) {}

Progress::~Progress() {
  finish();
}

void Progress::update(std::int64_t done) {
  done_ = done;
  const auto waited = Clock::now() - drawn_;
  if (terminal_ ? waited >= terminal_interval : waited >= plain_interval) draw(false);
}

void Progress::finish() {
  if (finished_) return;
  finished_ = true;
  draw(true);
}

void Progress::draw(bool last) {
  if (quiet_) return;
  drawn_ = Clock::now();
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  std::string text = progress_text(what_, done_, total_, seconds, last);
  if (!terminal_) {
    std::fprintf(stderr, "%s\n", text.c_str());
    return;
  }
  constexpr int widest_bar = 30;
  constexpr int narrowest_bar = 7;
  const int room = terminal_width() - static_cast<int>(text.size()) - 2;
  if (total_ > 0 && room >= narrowest_bar) {
    text = progress_bar(done_, total_, std::min(room, widest_bar)) + " " + text;
  }
  std::fprintf(stderr, "\r\033[K%s%s", text.c_str(), last ? "\n" : "");
  std::fflush(stderr);
}

}  // namespace showergan
