#pragma once

#include <optional>
#include <vector>

#include "physics/metric/compare.hpp"

namespace showergan::physics {

/// How far a candidate is from the reference in one metric, in units of the floor: where there are
/// no limits, the report colours by it.
enum class Closeness {
  within,   ///< excess at most the floor: what half a sample of Monte Carlo does as well
  visible,  ///< up to three floors
  far,
  unknown,  ///< no excess
};

Closeness closeness(const MetricResult& metric);

/// Excess over floor; none without either, infinity for a floor of 0.
std::optional<double> excess_in_floors(const MetricResult& metric);

/// The `count` metrics with the most floors of excess, the largest first.
std::vector<MetricResult> worst_metrics(const std::vector<MetricResult>& metrics,
                                        std::size_t count);

}  // namespace showergan::physics
