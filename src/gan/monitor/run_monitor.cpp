#include "gan/monitor/run_monitor.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/file_content.hpp"
#include "gan/monitor/history_figures.hpp"
#include "gan/monitor/sample_figure.hpp"
#include "gan/recipe.hpp"
#include "gan/run_folder.hpp"
#include "gan/sample_showers.hpp"
#include "physics/report/gnuplot.hpp"

namespace showergan::gan {
namespace {

namespace fs = std::filesystem;

/// Its last complete lines.
std::vector<std::string> tail(const fs::path& path, std::size_t count) {
  std::ifstream file(path, std::ios::binary);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line) && !file.eof();) {
    lines.push_back(line);
    if (lines.size() > count) lines.pop_front();
  }
  return {lines.begin(), lines.end()};
}

/// Size and time of a file; "-" if there is none.
std::string stamp(const fs::path& path) {
  std::error_code problem;
  const auto size = fs::file_size(path, problem);
  if (problem) return "-";
  const auto time = fs::last_write_time(path, problem);
  return fmt::format("{}@{}", size, problem ? 0 : time.time_since_epoch().count());
}

/// The folder, if somebody trains or trained there.
fs::path training_in(const fs::path& run) {
  if (!fs::is_directory(run)) {
    throw InputError(fmt::format("there is no folder '{}'", run.string()), {},
                     "give the folder that showergan train -o names");
  }
  for (const char* name : {"history.jsonl", RunFolder::log_name}) {
    if (fs::exists(run / name)) return run;
  }
  throw InputError(fmt::format("'{}' holds no training", run.string()),
                   "there is neither history.jsonl nor train.log",
                   "give the folder that showergan train -o names");
}

fs::path page_path(const MonitorOptions& options) {
  if (options.page.empty()) return options.run / "monitor" / "index.html";
  return fs::is_directory(options.page) ? options.page / "index.html" : options.page;
}

/// Sees that nothing but an earlier page is replaced.
void check_page(const fs::path& page) {
  if (!fs::exists(page)) return;
  if (!fs::is_regular_file(page)) {
    throw InputError(fmt::format("'{}' is not a file", page.string()), "",
                     "give another page with -o");
  }
  const std::string title = std::string("<title>") + kMonitorTitle;
  if (file_content(page).find(title) == std::string::npos) {
    throw InputError(fmt::format("'{}' is not a page of showergan monitor", page.string()),
                     "it would be overwritten", "give another page with -o");
  }
}

void make_folder_of(const fs::path& page) {
  if (!page.has_parent_path()) return;
  std::error_code problem;
  fs::create_directories(page.parent_path(), problem);
  if (fs::is_directory(page.parent_path())) return;
  throw InputError(fmt::format("cannot make the folder '{}'", page.parent_path().string()),
                   problem ? problem.message() : "it is a file", "give another page with -o");
}

/// Names of the metrics that decide; none if the recipe cannot be read.
std::vector<std::string> deciding_metrics(const fs::path& recipe) {
  try {
    return load_recipe(recipe.string()).validation_metrics;
  } catch (const Error&) {
    return {};
  }
}

/// What a reader of the history should know.
std::vector<std::string> warnings_of(const HistoryRecord& history) {
  std::vector<std::string> warnings;
  if (history.unreadable > 0) {
    warnings.push_back(fmt::format("{} line{} of history.jsonl cannot be read and {} left out.",
                                   history.unreadable, history.unreadable == 1 ? "" : "s",
                                   history.unreadable == 1 ? "is" : "are"));
  }
  std::int64_t infinite = 0;
  for (const StepRecord& step : history.steps) {
    infinite += std::ranges::all_of(step.values, [](double v) { return std::isfinite(v); }) ? 0 : 1;
  }
  if (infinite > 0) {
    warnings.push_back(fmt::format(
        "{} step{} with a loss or a gradient that is not a finite number; curves leave them out.",
        infinite, infinite == 1 ? "" : "s"));
  }
  if (!history.steps.empty() && history.steps.back().suspicious) {
    warnings.push_back("The images of the last step are empty or identical.");
  }
  return warnings;
}

}  // namespace

RunMonitor::RunMonitor(const MonitorOptions& options)
    : run_(training_in(options.run)),
      page_(page_path(options)),
      refresh_(options.refresh),
      draws_(physics::gnuplot_available()),
      history_(run_ / "history.jsonl") {
  check_page(page_);
}

/// As our own clock says once something was seen to change; before that by the times of the files,
/// which another machine's clock may have set.
double RunMonitor::silence() const {
  if (seen_change_) return std::chrono::duration<double>(Clock::now() - *seen_change_).count();
  auto newest = fs::file_time_type::min();
  for (const char* name : {"history.jsonl", RunFolder::log_name}) {
    std::error_code problem;
    const auto time = fs::last_write_time(run_ / name, problem);
    if (!problem) newest = std::max(newest, time);
  }
  const auto age = std::chrono::duration<double>(fs::file_time_type::clock::now() - newest);
  return std::max(0.0, age.count());
}

bool RunMonitor::changed() {
  bool changed = history_.update();
  const auto samples = SampleShowers::epochs_in(run_ / RunFolder::samples_name);
  std::string signature =
      fmt::format("{} {} {}", stamp(run_ / RunFolder::log_name), stamp(run_ / "recipe.toml"),
                  samples.empty() ? std::string() : std::to_string(samples.back()));
  if (!samples.empty()) {
    signature += stamp(run_ / RunFolder::samples_name / SampleShowers::file_name(samples.back()));
  }
  changed = changed || signature != signature_;
  signature_ = std::move(signature);
  if (changed && written_) seen_change_ = Clock::now();
  return changed;
}

RunState RunMonitor::look() {
  RunSigns signs = {history_.record(),
                    parse_process_identity(file_content(run_ / RunFolder::lock_name))};
  if (signs.holder) signs.liveness = liveness_of(*signs.holder);
  signs.silence = silence();
  return state_of(signs);
}

const RunState& RunMonitor::update(bool last) {
  const bool grown = changed();
  const HistoryRecord& history = history_.record();
  if (history.lines == 0 && history.unreadable > 0) {
    throw InputError(
        fmt::format("'{}' is not a history of a training", (run_ / "history.jsonl").string()),
        "no line of it can be read", "give the folder that showergan train -o names");
  }
  RunState state = look();
  const bool another = state.phase != state_.phase || state.phase == RunPhase::silent;
  state_ = std::move(state);
  progress_ = progress_of(history);
  if (grown || another || last || !written_) {
    make_folder_of(page_);
    write_file(page_, content(last));
    written_ = true;
  }
  return state_;
}

MonitorView RunMonitor::view() {
  constexpr std::size_t kLogLines = 40;
  MonitorView view = {run_, history_.record(), state_, progress_};
  view.deciding = deciding_metrics(run_ / "recipe.toml");
  view.recipe = file_content(run_ / "recipe.toml");
  view.log = tail(run_ / RunFolder::log_name, kLogLines);
  view.warnings = warnings_of(history_.record());
  return view;
}

std::string RunMonitor::content(bool last) {
  MonitorView shown = view();
  shown.refresh = last || state_.over() ? 0 : refresh_;
  draw(shown);
  return monitor_page(shown);
}

template <typename AnyOf>
PagePicture RunMonitor::drawn(const AnyOf& figure, std::size_t panels,
                              physics::FigureFormat format) {
  PagePicture shown = {figure.title, std::clamp<std::size_t>(panels, 1, figure.columns)};
  if (!draws_) return shown;
  shown.picture = drawer_.draw(figure.name, format, [&](const fs::path& path) {
    return gnuplot_script(figure, format, path);
  });
  if (!shown.picture) shown.why = drawer_.complaint();
  return shown;
}

PagePicture RunMonitor::drawn(const physics::SeriesFigure& figure) {
  return drawn(figure, figure.panels.size(), physics::FigureFormat::svg);
}

/// As PNG: an SVG of thousands of cells is large.
PagePicture RunMonitor::drawn(const physics::ShowerFigure& figure) {
  return drawn(figure, figure.pictures.size(), physics::FigureFormat::png);
}

void RunMonitor::draw(MonitorView& view) {
  const HistoryRecord& history = history_.record();
  if (!history.steps.empty()) {
    view.losses = {drawn(loss_figure(history)), drawn(step_figure(history))};
  }
  const physics::SeriesFigure all = metric_figure(history);
  if (!all.panels.empty()) {
    view.metrics = {drawn(deciding_figure(history, view.deciding)), drawn(all)};
  }
  const auto best = progress_.best ? std::optional(progress_.best->epoch) : std::nullopt;
  if (const auto figure = sample_figure(run_ / RunFolder::samples_name, best)) {
    view.samples = {drawn(*figure)};
  }
  if (!draws_) {
    view.warnings.push_back("gnuplot was not found: the page has no figures; install gnuplot-nox.");
  }
}

}  // namespace showergan::gan
