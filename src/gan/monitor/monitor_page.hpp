#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gan/history_record.hpp"
#include "gan/monitor/run_progress.hpp"
#include "gan/monitor/run_state.hpp"
#include "physics/report/picture.hpp"

namespace showergan::gan {

/// A figure of the page, or that it was not drawn.
struct PagePicture {
  std::string title;
  std::size_t columns = 1;  ///< panels side by side
  std::optional<physics::EmbeddedPicture> picture{};
  std::string why{};  ///< it was not drawn, if that is known
};

/// Everything that the page shows.
struct MonitorView {
  std::filesystem::path run;
  const HistoryRecord& history;
  RunState state;
  RunProgress progress;
  std::vector<std::string> deciding{};  ///< metrics whose sum decides; empty: not known
  std::string recipe{};                 ///< recipe.toml; empty: there is none
  std::vector<std::string> log{};       ///< last lines of train.log
  std::vector<PagePicture> losses{};
  std::vector<PagePicture> metrics{};
  std::vector<PagePicture> samples{};
  std::vector<std::string> warnings{};  ///< sentences
  int refresh = 0;                      ///< seconds until the browser looks again; 0: it does not
};

/// What the titles of all these pages begin with.
inline constexpr const char* kMonitorTitle = "Training of ";

/// The page, one file that needs no other one.
std::string monitor_page(const MonitorView& view);

/// A line for a terminal: the state, how far the run is, how fast, what is left, and the best.
std::string progress_line(const RunState& state, const RunProgress& progress);

/// "running", "stopped", …: a word for each phase.
const char* word_for(RunPhase phase);

}  // namespace showergan::gan
