#pragma once

#include <cstdint>
#include <optional>

#include "gan/history_record.hpp"

namespace showergan::gan {

/// How far a run is and how fast. Numbers that its history does not tell are absent.
struct RunProgress {
  std::int64_t steps = 0;
  std::optional<std::int64_t> total_steps;
  std::int64_t epoch = 0;  ///< the one of the last step, counted from 1; 0 before the first
  std::optional<std::int64_t> epochs;
  std::int64_t showers = 0;                  ///< of the Monte Carlo, each time counted
  std::optional<double> showers_per_second;  ///< while steps are taken, over the last epoch or so
  std::optional<double> waiting;             ///< share of that time
  std::optional<double> validation;          ///< share of the last validated epoch's time
  std::optional<double> seconds_left;        ///< with the validations that are to come
  /// The epoch whose generator is the best so far; none before the first validation.
  std::optional<EpochRecord> best;
};

RunProgress progress_of(const HistoryRecord& history);

}  // namespace showergan::gan
