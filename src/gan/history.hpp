#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gan/adversarial_step.hpp"
#include "physics/metric/compare.hpp"

namespace showergan::gan {

/// What is known of a step beside its losses.
struct StepTiming {
  std::int64_t step = 0;   ///< counted from 1
  std::int64_t epoch = 0;  ///< counted from 0
  std::int64_t showers = 0;
  double seconds = 0;
  double waited = 0;  ///< seconds of them spent waiting for input
};

/// What is known at the end of an epoch, or of a training in the middle of one.
struct EpochSummary {
  std::int64_t step = 0;                       ///< steps done
  std::int64_t epoch = 0;                      ///< epochs begun
  double showers_per_second = 0;               ///< 0: not known, as for a validation made up for
  double waiting = 0;                          ///< share of the time; as before
  std::vector<physics::MetricResult> metrics;  ///< empty: not validated
  double figure = 0;                           ///< sum of the metrics that decide
  bool best = false;                           ///< the least so far
};

/// runs/NAME/history.jsonl: one JSON object a line, of "type" "step" or "epoch".
class History {
 public:
  /// Opens the file for appending. Lines of steps after `last_step`, which a training that is
  /// resumed takes again, and a torn last line are dropped. Throws Error if it cannot be written.
  History(const std::filesystem::path& path, std::int64_t last_step);

  /// Steps done at the last epoch that the file has; 0 if it has none.
  std::int64_t last_epoch_step() const noexcept { return last_epoch_step_; }

  void write(const StepTiming& timing, const StepResult& result, const CriticLoss& loss);
  void write(const EpochSummary& summary);

 private:
  void write_line(const std::string& line);

  std::filesystem::path path_;
  std::ofstream file_;
  std::int64_t last_epoch_step_ = 0;
};

}  // namespace showergan::gan
