#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace showergan::gan {

/// A step, as history.jsonl tells it.
struct StepRecord {
  std::int64_t step = 0;   ///< counted from 1
  std::int64_t epoch = 0;  ///< counted from 0
  std::int64_t showers = 0;
  double seconds = 0;
  double waited = 0;           ///< seconds of them spent waiting for input
  bool suspicious = false;     ///< images were empty or identical
  std::vector<double> values;  ///< of HistoryRecord::columns; not a number where there is none
};

/// A metric of an epoch; not a number where it has no value or no floor.
struct MetricRecord {
  std::string name;
  double value = std::numeric_limits<double>::quiet_NaN();
  double floor = std::numeric_limits<double>::quiet_NaN();
};

/// An epoch. What the line does not have is not there.
struct EpochRecord {
  std::int64_t step = 0;
  std::int64_t epoch = 0;  ///< counted from 1
  std::optional<double> showers_per_second;
  std::optional<double> waiting;             ///< share of the time
  std::vector<MetricRecord> metrics;         ///< empty: not validated
  std::optional<double> figure;              ///< sum of the metrics that decide
  bool best = false;                         ///< the least figure so far
  std::optional<double> validation_seconds;  ///< none in histories of earlier versions
};

/// A process that began or went on.
struct StartRecord {
  std::int64_t step = 0;  ///< steps done before
  std::int64_t time = 0;  ///< seconds since 1970
  std::string version;
  std::string host;
  std::int64_t threads = 0;
  std::int64_t total_steps = 0;
  std::int64_t steps_per_epoch = 0;
  std::int64_t showers = 0;
  std::int64_t held_out = 0;
};

/// The end of a process that could still tell it.
struct EndRecord {
  std::int64_t step = 0;  ///< steps done
  std::int64_t time = 0;  ///< seconds since 1970
  std::string state;      ///< name of an Ending
  std::string text;
};

/// What a history.jsonl says. A step that stands there several times counts as it was taken last.
struct HistoryRecord {
  /// Names of the numbers of a step: "real.ecal", "gradient_norm.generator", "rate.generator", …
  std::vector<std::string> columns;
  std::vector<StepRecord> steps;    ///< ascending
  std::vector<EpochRecord> epochs;  ///< ascending
  std::vector<StartRecord> starts;
  std::optional<EndRecord> end;  ///< of the process that began last
  std::int64_t unreadable = 0;   ///< lines that are none of these
  std::int64_t lines = 0;        ///< that are
};

}  // namespace showergan::gan
