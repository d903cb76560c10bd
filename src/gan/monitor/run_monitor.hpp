#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "gan/history_reader.hpp"
#include "gan/monitor/monitor_page.hpp"
#include "gan/monitor/run_progress.hpp"
#include "gan/monitor/run_state.hpp"
#include "physics/report/picture.hpp"

namespace showergan::gan {

struct MonitorOptions {
  std::filesystem::path run;   ///< folder of a training
  std::filesystem::path page;  ///< empty: RUN/monitor/index.html; a folder: index.html in it
  int refresh = 30;            ///< seconds after which a browser looks again
};

/// Shows a training on a page, from the outside: it reads the run's files and takes no lock, so
/// that it works on a run of any machine that shares the file system, and disturbs none.
class RunMonitor {
 public:
  /// Makes the folder of the page. Throws InputError if the run's folder holds no training, if the
  /// page cannot be written there, or if there is a file that is no such page.
  explicit RunMonitor(const MonitorOptions& options);

  /// Looks at the run, and writes the page if there is something new; with `last` it is written
  /// without asking the browser to look again. The page is replaced at once. Throws as AtomicFile,
  /// and InputError if the history is of something else.
  const RunState& update(bool last = false);

  const RunState& state() const noexcept { return state_; }
  const RunProgress& progress() const noexcept { return progress_; }
  const std::filesystem::path& page() const noexcept { return page_; }
  /// Whether figures can be drawn.
  bool draws() const noexcept { return draws_; }

 private:
  using Clock = std::chrono::steady_clock;

  double silence() const;
  RunState look();
  bool changed();
  std::string content(bool last);
  MonitorView view();
  void draw(MonitorView& view);
  template <typename AnyOf>
  PagePicture drawn(const AnyOf& figure, std::size_t panels, physics::FigureFormat format);
  PagePicture drawn(const physics::SeriesFigure& figure);
  PagePicture drawn(const physics::ShowerFigure& figure);

  std::filesystem::path run_;
  std::filesystem::path page_;
  int refresh_;
  bool draws_;
  HistoryReader history_;
  physics::PictureDrawer drawer_;
  RunState state_;
  RunProgress progress_;
  bool written_ = false;
  std::string signature_;  ///< of the files beside the history, as they were last
  std::optional<Clock::time_point> seen_change_;  ///< when something new was seen, not at first
};

}  // namespace showergan::gan
