#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace showergan {

/// Progress of a long command on standard error: a bar with rate and remaining time on a terminal,
/// a plain line now and then otherwise, nothing with `quiet`. For use by one thread.
class Progress {
 public:
  /// `what` is a plural noun: "showers". `total` 0: not known.
  Progress(std::string what, std::int64_t total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `done` units are finished; draws at most a few times per second.
  void update(std::int64_t done);
  /// Draws the final state; called once, by the destructor if nobody else did.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void draw(bool last);

  std::string what_;
  std::int64_t total_;
  std::int64_t done_ = 0;
  bool quiet_;
  bool terminal_ = false;
  bool finished_ = false;
  Clock::time_point start_;
  Clock::time_point drawn_;
};

/// The text of a progress line: "1200 of 5000 showers, 24 %, 310 per second, 0:12 left". Rate and
/// remaining time are left out before there is something to estimate them from; a finished work
/// shows how long it took.
std::string progress_text(const std::string& what, std::int64_t done, std::int64_t total,
                          double seconds, bool last);

/// A bar of `width` characters, filled in proportion: "[#####.....]".
std::string progress_bar(std::int64_t done, std::int64_t total, int width);

}  // namespace showergan
