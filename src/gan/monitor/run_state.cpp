#include "gan/monitor/run_state.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "gan/history.hpp"

namespace showergan::gan {
namespace {

std::string who(const ProcessIdentity& holder) {
  return fmt::format("process {} on {}", holder.pid, holder.host);
}

std::string last_entry(const RunSigns& signs) {
  return fmt::format("the last entry is {} old", duration_text(signs.silence));
}

/// As the last line of the history says.
RunState ended(const EndRecord& end) {
  for (const auto& [ending, phase] : {std::pair{Ending::done, RunPhase::done},
                                      {Ending::interrupted, RunPhase::interrupted},
                                      {Ending::diverged, RunPhase::diverged}}) {
    if (end.state == name_of(ending)) return {phase, end.text};
  }
  return {RunPhase::failed, end.text};
}

RunState gone(const RunSigns& signs) {
  return {RunPhase::gone,
          fmt::format("no process holds the run; {}; go on with showergan train --resume",
                      last_entry(signs))};
}

/// Of a run whose holder lives, or may live on another machine.
RunState at_work(const RunSigns& signs) {
  const bool known = signs.liveness == Liveness::alive;
  const std::string by = signs.holder ? " by " + who(*signs.holder) : "";
  if (signs.silence > patience_of(signs.history)) {
    const std::string why = known ? who(*signs.holder) + " still lives"
                            : signs.holder
                                ? who(*signs.holder) + " cannot be seen from here"
                                : std::string("which process holds the run is not known");
    return {RunPhase::silent, fmt::format("{}; {}", last_entry(signs), why)};
  }
  if (signs.history.steps.empty()) return {RunPhase::starting, "being started" + by};
  return {RunPhase::running, "trained" + by + "; " + last_entry(signs)};
}

}  // namespace

RunState state_of(const RunSigns& signs) {
  const HistoryRecord& history = signs.history;
  if (signs.holder && signs.liveness == Liveness::alive) {
    // The process before this one may have told its end; this one has not come to a line yet.
    if (history.end) return {RunPhase::starting, "being resumed by " + who(*signs.holder)};
    return at_work(signs);
  }
  if (history.end) return ended(*history.end);
  if (signs.holder && signs.liveness == Liveness::unknown) return at_work(signs);
  if (signs.holder || !history.starts.empty()) return gone(signs);
  // Written by an earlier version, which told neither who it is nor its end.
  const RunState state = at_work(signs);
  return state.phase == RunPhase::silent ? gone(signs) : state;
}

double patience_of(const HistoryRecord& history) {
  constexpr double kLeast = 120;  // seconds
  constexpr std::size_t kRecent = 20;
  std::vector<double> seconds;
  for (std::size_t i = history.steps.size(); i-- > 0 && seconds.size() < kRecent;) {
    seconds.push_back(history.steps[i].seconds);
  }
  double patience = kLeast;
  if (!seconds.empty()) {
    std::ranges::nth_element(seconds, seconds.begin() + std::ptrdiff_t(seconds.size() / 2));
    patience = std::max(patience, 20 * seconds[seconds.size() / 2]);
  }
  for (const EpochRecord& epoch : history.epochs) {
    patience = std::max(patience, 3 * epoch.validation_seconds.value_or(0));
  }
  return patience;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
  const std::int64_t minutes = whole / 60;
  const std::int64_t hours = minutes / 60;
  const auto counted = [](std::int64_t n, const char* unit) {
    return fmt::format("{} {}{}", n, unit, n == 1 ? "" : "s");
  };
  if (whole < 60) return counted(whole, "second");
  if (minutes < 60) return counted(minutes, "minute");
  if (hours < 48) return fmt::format("{} h {} min", hours, minutes % 60);
  return fmt::format("{} {} h", counted(hours / 24, "day"), hours % 24);
}

}  // namespace showergan::gan
