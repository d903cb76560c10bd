#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "physics/report/report.hpp"
#include "physics/summary/summary_comparison.hpp"

namespace showergan::physics {

/// `metrics.json`: {"metrics": {NAME: {"value", "floor", "excess"[, "uncertainty"], "showers"[,
/// "reason"]}}, "candidate", "warnings", "reference", …}. A number that could not be computed is
/// null. "bins" are the metrics in bins of energy and angle: [{"quantity", "low", "high", …,
/// "metrics"}]; "identification" is there where particles were identified. Of several candidates,
/// "candidates" is a list of objects with "metrics", "candidate", "warnings" and "bins".
/// "yardsticks" has such an object for each one by its label. "gate" and "regression" are there
/// where limits or an earlier report were given.
std::string metrics_json(const Report& report);
/// The same with `bins`: the comparison with a summary bin by bin.
std::string metrics_json(const Report& report, const SummaryComparison& result);

/// The metrics of a `metrics.json` with one candidate. `where` (a file) goes into errors. Throws
/// InputError if it is none.
std::vector<MetricResult> parse_metrics(std::string_view json, const std::string& where);

/// `histograms.json`: {"figures": [{"name", "title", "panels": [{"title", "x_label", "y_label",
/// "curves": [{"label", "x", "y", "error"}]}]}]}; matrices have "labels" and "matrices", pictures
/// of showers their "pictures" with cells [x, y, z, GeV].
std::string histograms_json(const Report& report);

/// Names of the figures in a `histograms.json`; none if it is no such file.
std::vector<std::string> figure_names(std::string_view json);

}  // namespace showergan::physics
