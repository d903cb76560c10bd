#include <fmt/format.h>

#include "gan/monitor/monitor_page.hpp"

namespace showergan::gan {

const char* word_for(RunPhase phase) {
  switch (phase) {
    case RunPhase::starting:
      return "starting";
    case RunPhase::running:
      return "running";
    case RunPhase::silent:
      return "silent";
    case RunPhase::done:
      return "finished";
    case RunPhase::interrupted:
      return "stopped";
    case RunPhase::diverged:
      return "diverged";
    case RunPhase::failed:
      return "failed";
    case RunPhase::gone:
      break;
  }
  return "dead";
}

std::string progress_line(const RunState& state, const RunProgress& progress) {
  std::string line = fmt::format("{}: step {}", word_for(state.phase), progress.steps);
  if (progress.total_steps) line += fmt::format(" of {}", *progress.total_steps);
  if (progress.epoch > 0) line += fmt::format(", epoch {}", progress.epoch);
  if (progress.epoch > 0 && progress.epochs) line += fmt::format(" of {}", *progress.epochs);
  if (progress.showers_per_second) {
    line += fmt::format(", {:.4g} showers/s", *progress.showers_per_second);
  }
  if (progress.seconds_left && !state.over()) {
    line += fmt::format(", {} left", duration_text(*progress.seconds_left));
  }
  if (progress.best && progress.best->figure) {
    line += fmt::format(", best {:.4g} (epoch {})", *progress.best->figure, progress.best->epoch);
  }
  return line;
}

}  // namespace showergan::gan
