#pragma once

#include <optional>
#include <string>
#include <vector>

#include "physics/metric/compare.hpp"

namespace showergan::physics {

/// How far a metric may move before it counts as worse.
struct RegressionTolerance {
  double sigmas = 2;           ///< combined uncertainties of both values, where both are known
  double relative = 0.05;      ///< of the earlier value, where one is not
  bool relative_only = false;  ///< whether `relative` holds for metrics with uncertainties as well
};

/// A metric that is worse than it was, or that cannot be compared.
struct MetricChange {
  std::string metric;
  std::string text;  ///< "0.0123 instead of 0.0100, more than 0.0005 worse"
};

/// A comparison of metrics with those of an earlier report.
struct Regression {
  std::string file;                 ///< of the earlier report
  std::size_t compared = 0;         ///< metrics that both reports have
  std::vector<MetricChange> worse;  ///< in the order of the earlier report

  bool passed() const { return worse.empty(); }
};

/// Compares metric by metric. Worse is a larger value; for `precision`, `recall`, `density` and
/// `coverage` a smaller one, and for `memorisation` one further from 1. A metric that has lost its
/// value, or that was computed from another number of showers, on which it depends, counts as worse
/// too. Metrics that are new are not compared. `file` is what the earlier report is called.
Regression compare_with_earlier(const std::vector<MetricResult>& earlier,
                                const std::vector<MetricResult>& now, const std::string& file,
                                const RegressionTolerance& tolerance = {});

}  // namespace showergan::physics
