#include "gan/monitor/monitor_page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include <fmt/format.h>

#include "showergan/version.hpp"

#include "physics/report/html.hpp"
#include "physics/report/html_page.hpp"
#include "physics/report/metric_meaning.hpp"

namespace showergan::gan {
namespace {

using physics::html_element;
using physics::html_text;

std::string utc(std::time_t time) {
  std::tm parts = {};
  gmtime_r(&time, &parts);
  std::array<char, 32> text = {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%SZ", &parts)};
}

std::string percent(double share) {
  return fmt::format("{:.2g} %", 100 * share);
}

const char* colour_of(RunPhase phase) {
  if (phase == RunPhase::running || phase == RunPhase::done) return "good";
  if (phase == RunPhase::starting || phase == RunPhase::interrupted) return "plain";
  return "bad";
}

std::string line(const std::string& name, const std::string& value) {
  return html_element("dt", html_text(name)) + html_element("dd", html_text(value));
}

std::string card(const std::string& title, const std::string& lines) {
  return html_element("div", html_element("h3", title) + html_element("dl", lines),
                      "class=\"card\"") +
         "\n";
}

std::string of_total(std::int64_t value, const std::optional<std::int64_t>& total) {
  return total ? fmt::format("{} of {}", value, *total) : fmt::format("{}", value);
}

std::string progress_card(const MonitorView& view) {
  const RunProgress& progress = view.progress;
  std::string lines = line("step", of_total(progress.steps, progress.total_steps));
  if (progress.epoch > 0) lines += line("epoch", of_total(progress.epoch, progress.epochs));
  lines += line("showers seen", fmt::format("{}", progress.showers));
  if (progress.showers_per_second) {
    lines += line("speed", fmt::format("{:.4g} showers per second", *progress.showers_per_second));
  }
  if (progress.waiting) lines += line("waiting for showers", percent(*progress.waiting));
  if (progress.validation)
    lines += line("validation", percent(*progress.validation) + " of an epoch");
  if (progress.seconds_left && !view.state.over()) {
    lines += line("time left", duration_text(*progress.seconds_left));
  }
  return card("Progress", lines);
}

std::string best_card(const MonitorView& view) {
  const std::filesystem::path generator = view.run / "generator.onnx";
  const bool there = std::filesystem::exists(generator);
  std::string lines;
  if (const auto& best = view.progress.best) {
    lines += line("epoch", fmt::format("{} (step {})", best->epoch, best->step));
    if (best->figure) lines += line("sum of the metrics", fmt::format("{:.4g}", *best->figure));
    for (const MetricRecord& metric : best->metrics) {
      if (std::ranges::count(view.deciding, metric.name) == 0) continue;
      lines += line(metric.name, fmt::format("{:.4f}, floor {:.4f}", metric.value, metric.floor));
    }
  } else {
    lines += line("epoch", there ? "the latest; nothing was validated" : "none yet");
  }
  if (there) lines += line("file", generator.string());
  return card("Best generator so far", lines);
}

std::string run_card(const MonitorView& view) {
  std::string lines = line("folder", view.run.string());
  if (!view.history.starts.empty()) {
    const StartRecord& start = view.history.starts.back();
    lines += line("machine", fmt::format("{}, {} thread{}", start.host, start.threads,
                                         start.threads == 1 ? "" : "s"));
    lines +=
        line("showers", fmt::format("{} to train on, {} held out", start.showers, start.held_out));
    lines += line("steps per epoch", fmt::format("{}", start.steps_per_epoch));
    std::string times;
    for (const StartRecord& begun : view.history.starts) {
      times +=
          fmt::format("{}{} (step {})", times.empty() ? "" : ", ", utc(begun.time), begun.step);
    }
    lines += line(view.history.starts.size() == 1 ? "started" : "started and resumed", times);
    lines += line("ShowerGAN", start.version);
  }
  return card("Run", lines);
}

std::string picture_html(const PagePicture& shown) {
  constexpr std::size_t kLeastPanel = 290;  // pixels
  if (!shown.picture) {
    const std::string why = shown.why.empty() ? "" : " (" + shown.why + ")";
    return html_element("p", html_text(shown.title + ": not drawn" + why + "."), "class=note") +
           "\n";
  }
  return html_element("figure", physics::picture_html(*shown.picture, shown.title,
                                                      kLeastPanel * shown.columns)) +
         "\n";
}

std::string section(const std::string& title, const std::string& note,
                    const std::vector<PagePicture>& pictures, const std::string& empty) {
  std::string text = html_element("h2", title);
  if (!note.empty()) text += html_element("p", note, "class=note");
  if (pictures.empty()) text += html_element("p", html_text(empty), "class=note");
  for (const PagePicture& picture : pictures) text += picture_html(picture);
  return html_element("section", text) + "\n";
}

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.4f}", value) : "–";
}

std::string value_in(const EpochRecord& epoch, const std::string& name) {
  const auto metric = std::ranges::find(epoch.metrics, name, &MetricRecord::name);
  return metric == epoch.metrics.end() ? "–" : number(metric->value);
}

/// Each metric in the latest validated epoch and in the best.
std::string metric_table(const MonitorView& view) {
  const EpochRecord* latest = nullptr;
  for (const EpochRecord& epoch : view.history.epochs) {
    if (!epoch.metrics.empty()) latest = &epoch;
  }
  if (latest == nullptr) return "";
  const auto& best = view.progress.best;
  std::string rows = physics::html_row(
      {"metric", fmt::format("epoch {}", latest->epoch),
       best ? fmt::format("epoch {}, the best", best->epoch) : "no best yet", "floor"},
      "th");
  for (const MetricRecord& metric : latest->metrics) {
    const std::string meaning = physics::metric_meaning(metric.name);
    std::string name = html_element("code", html_text(metric.name));
    if (!meaning.empty()) name += html_element("small", html_text(meaning));
    rows += html_element("tr", html_element("th", name, "scope=row class=name") +
                                   html_element("td", number(metric.value)) +
                                   html_element("td", best ? value_in(*best, metric.name) : "–") +
                                   html_element("td", number(metric.floor))) +
            "\n";
  }
  return html_element("div", html_element("table", rows), "class=scroll") + "\n";
}

std::string lines_html(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& some : lines) {
    const bool warning = some.find("warning: ") != std::string::npos;
    text += (warning ? html_element("strong", html_text(some)) : html_text(some)) + "\n";
  }
  return html_element("pre", text);
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string folded(const std::string& title, const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  return html_element("details", html_element("summary", title) + lines_html(lines)) + "\n";
}

}  // namespace

std::string monitor_page(const MonitorView& view) {
  const std::string title = kMonitorTitle + html_text(view.run.string());
  std::string body = html_element("h1", title);
  body += html_element("div",
                       html_element("h2", word_for(view.state.phase)) +
                           html_element("p", html_text(view.state.text)),
                       fmt::format("class=\"banner {}\"", colour_of(view.state.phase))) +
          "\n";
  for (const std::string& warning : view.warnings) {
    body += html_element("p", html_text(warning), "class=warning") + "\n";
  }
  body += html_element("div", progress_card(view) + best_card(view) + run_card(view),
                       "class=\"cards\"") +
          "\n";
  body +=
      section("Losses and steps",
              "Lines are means of the steps that a point stands for, bands reach from the least "
              "to the largest.",
              view.losses, "No step yet.");
  body += section("Metrics on held-out showers", "", view.metrics, "Nothing was validated yet.");
  body += metric_table(view);
  body += section("Sample showers",
                  "After every epoch the generator makes the same few showers, from the same noise "
                  "and at the conditions of the Monte Carlo showers above them.",
                  view.samples, "No epoch has left a sample yet.");
  body += html_element("h2", "Log") + lines_html(view.log);
  body += folded("Recipe as run", split(view.recipe));
  body += html_element(
      "p",
      fmt::format("Written {} by ShowerGAN {}{}.", utc(std::time(nullptr)), SHOWERGAN_VERSION,
                  view.refresh > 0 ? "; the page loads itself again" : ""),
      "class=note");
  return physics::html_page(title, body, view.refresh);
}

}  // namespace showergan::gan
