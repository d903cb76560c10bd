#pragma once

#include <optional>
#include <string>

#include "base/process_identity.hpp"
#include "gan/history_record.hpp"

namespace showergan::gan {

enum class RunPhase {
  starting,  ///< a process holds the run and has not come to a step yet
  running,
  silent,       ///< nothing was written for longer than a step should take
  done,         ///< the training came to its end
  interrupted,  ///< it can go on with --resume
  diverged,
  failed,
  gone,  ///< the process died without a word
};

/// What is seen of a run from outside, without touching its lock.
struct RunSigns {
  const HistoryRecord& history;
  std::optional<ProcessIdentity> holder;  ///< what the lock file says
  Liveness liveness = Liveness::unknown;  ///< of the holder
  double silence = 0;                     ///< seconds since something was written
};

struct RunState {
  RunPhase phase = RunPhase::starting;
  std::string text;  ///< a sentence

  /// Whether nothing more will come.
  bool over() const noexcept { return phase >= RunPhase::done; }
};

RunState state_of(const RunSigns& signs);

/// Seconds after which a run that has written nothing is called silent: twenty of its steps, three
/// of its validations, and two minutes at least.
double patience_of(const HistoryRecord& history);

/// "12 seconds", "5 minutes", "3 h 20 min", "2 days 4 h"
std::string duration_text(double seconds);

}  // namespace showergan::gan
