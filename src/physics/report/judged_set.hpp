#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "physics/classifier/classifier_result.hpp"
#include "physics/identification/identification.hpp"
#include "physics/metric/compare.hpp"

namespace showergan::physics {

/// Where a set of showers comes from, as the report states it.
struct SetInfo {
  std::string label;  ///< short name in legends and headings
  std::string file;
  std::int64_t showers = 0;
  double energy_low = 0;                                        ///< GeV
  double energy_high = 0;                                       ///< GeV
  std::vector<std::pair<std::string, std::string>> attributes;  ///< of the file

  /// The attribute of that name; none if the file has none.
  std::optional<std::string> attribute(const std::string& name) const;
};

/// A set with what its comparison with the reference gave.
struct JudgedSet {
  SetInfo info;
  std::vector<MetricResult> metrics;
  std::vector<std::string> warnings;  ///< sentences
  std::optional<EnergySpectraTest> spectra{};
  std::vector<BinMetrics> bins{};  ///< the metrics in bins of energy and angle
  /// Those that were trained to tell it from the reference, by what they see: the last sees most.
  std::vector<ClassifierResult> classifiers{};
  std::vector<Identification> identifications{};  ///< one for each other particle
  /// Whether it stands in the report for orientation only, and no limit holds for it.
  bool yardstick = false;

  /// The metric of that name; none if it was not computed.
  const MetricResult* find(const std::string& metric) const;
};

/// Every metric that any of the sets has, in the order of the first set that has it.
std::vector<const MetricResult*> all_metrics(const std::vector<JudgedSet>& sets);

}  // namespace showergan::physics
