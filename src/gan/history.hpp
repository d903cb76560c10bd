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

/// A process that begins to train, or goes on.
struct RunStart {
  std::int64_t step = 0;             ///< steps done before
  std::int64_t total_steps = 0;      ///< at which the training ends
  std::int64_t steps_per_epoch = 0;  ///< the last of an epoch may have fewer showers
  std::int64_t showers = 0;          ///< of the Monte Carlo to train on
  std::int64_t held_out = 0;         ///< those to validate with
  int threads = 0;
  std::string host;
};

/// Why a process ended.
enum class Ending {
  done,         ///< all steps
  interrupted,  ///< by the user or a batch system; the state is saved
  diverged,     ///< as DivergenceWatch says
  failed,       ///< anything else: a full disk, a file that cannot be read, …
};
/// "done", "interrupted", …
const char* name_of(Ending ending);

/// What is known at the end of an epoch, or of a training in the middle of one.
struct EpochSummary {
  std::int64_t step = 0;                       ///< steps done
  std::int64_t epoch = 0;                      ///< epochs begun
  double showers_per_second = 0;               ///< 0: not known, as for a validation made up for
  double waiting = 0;                          ///< share of the time; as before
  std::vector<physics::MetricResult> metrics;  ///< empty: not validated
  double figure = 0;                           ///< sum of the metrics that decide
  bool best = false;                           ///< the least so far
  double validation_seconds = 0;               ///< what it took to compute the metrics
};

/// runs/NAME/history.jsonl: one JSON object a line, of "type" "step", "epoch", "start" or "end".
/// HistoryReader reads it.
class History {
 public:
  /// Opens the file for appending. Lines of steps after `last_step`, which a training that is
  /// resumed takes again, and a torn last line are dropped. Throws Error if it cannot be written.
  History(const std::filesystem::path& path, std::int64_t last_step);

  /// Steps done at the last epoch that the file has; 0 if it has none.
  std::int64_t last_epoch_step() const noexcept { return last_epoch_step_; }

  void write(const StepTiming& timing, const StepResult& result, const CriticLoss& loss);
  void write(const EpochSummary& summary);
  void write(const RunStart& start);
  /// `step`: steps done; `text`: what is said about it.
  void write_end(std::int64_t step, Ending ending, const std::string& text);

 private:
  void write_line(const std::string& line);

  std::filesystem::path path_;
  std::ofstream file_;
  std::int64_t last_epoch_step_ = 0;
};

}  // namespace showergan::gan
