#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "physics/metric/compare.hpp"
#include "physics/report/figure.hpp"
#include "physics/shower_set.hpp"
#include "physics/summary/summary_comparison.hpp"

namespace showergan::physics {

/// Where a set of showers comes from, as the report states it.
struct SetInfo {
  std::string file;
  std::int64_t showers = 0;
  double energy_low = 0;                                        ///< GeV
  double energy_high = 0;                                       ///< GeV
  std::vector<std::pair<std::string, std::string>> attributes;  ///< of the file
};

/// What both sides of a comparison have in common.
struct ReportContext {
  SetInfo reference;  ///< the Monte Carlo; of a summary, its source
  SetInfo candidate;
  std::string detector;  ///< name of the description; empty if unknown
  double threshold = 0;  ///< GeV; cells below were read as 0
};

/// The table for the terminal: metrics with value, floor and excess, grouped, and the warnings,
/// which are red if `colour` is on.
std::string table_text(const ReportContext& context, const ComparisonResult& result, bool colour);
/// The same for a Monte Carlo summary: a line per energy bin with Monte Carlo, candidate and their
/// deviation for each quantity.
std::string table_text(const ReportContext& context, const SummaryComparison& result, bool colour);

/// `metrics.json`: {"metrics": {NAME: {"value", "floor", "excess", "showers"[, "reason"]}},
/// "reference", "candidate", "warnings", …}. A number that could not be computed is null. AUCs of
/// classifiers are metrics with the further entries "error", "per_seed", "gated", "epochs" and
/// "training_seconds".
std::string metrics_json(const ReportContext& context, const ComparisonResult& result);
/// The same with `bins`: the comparison with a summary bin by bin.
std::string metrics_json(const ReportContext& context, const SummaryComparison& result);

/// The folder of a report. Its files are `metrics.json` and figures as PNG and SVG.
class ReportFolder {
 public:
  /// Creates the folder. Throws InputError if that is impossible, or if files of an earlier report
  /// are in it and `force` is off.
  ReportFolder(std::filesystem::path folder, bool force);

  /// Writes `metrics.json` and draws the figures on `threads` threads; figures of an earlier report
  /// are removed. Without gnuplot there is a warning and no figures. Throws Error if the disk is
  /// full.
  void write(const std::string& metrics, const std::vector<Figure>& figures,
             const std::vector<MatrixFigure>& matrices, int threads) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace showergan::physics
