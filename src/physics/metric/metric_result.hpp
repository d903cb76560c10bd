#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace showergan::physics {

/// A metric between candidate and reference, with what it gives between two halves of the
/// reference.
struct MetricResult {
  std::string name;
  std::string group;
  std::optional<double> value;
  std::optional<double> floor;
  /// sqrt(max(0, value² − floor²)); none where the ideal is not 0.
  std::optional<double> excess;
  std::int64_t showers = 0;             ///< on each side of the comparison that gave the value
  std::string reason;                   ///< why a number is missing; empty if none is
  std::optional<double> uncertainty{};  ///< statistical, one standard deviation of `value`
  double ideal = 0;     ///< value of a perfect candidate: 0; 1 of a fraction or ratio
  bool detail = false;  ///< one of many alike; stands in metrics.json, but in no table
};

/// The excess of a metric whose ideal is 0.
std::optional<double> excess_of(std::optional<double> value, std::optional<double> floor);

}  // namespace showergan::physics
