#include "physics/report/judged_set.hpp"

#include <algorithm>

namespace showergan::physics {

std::optional<std::string> SetInfo::attribute(const std::string& name) const {
  for (const auto& [key, value] : attributes) {
    if (key == name) return value;
  }
  return std::nullopt;
}

const MetricResult* JudgedSet::find(const std::string& metric) const {
  const auto found = std::ranges::find(metrics, metric, &MetricResult::name);
  return found == metrics.end() ? nullptr : &*found;
}

}  // namespace showergan::physics
