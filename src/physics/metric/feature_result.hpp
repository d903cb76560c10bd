#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// A result of the metrics on high-level features, to be filled.
inline MetricResult feature_result(const std::string& name, std::size_t showers) {
  MetricResult result;
  result.name = name;
  result.group = "High-level features";
  result.showers = static_cast<std::int64_t>(showers);
  return result;
}

}  // namespace showergan::physics
