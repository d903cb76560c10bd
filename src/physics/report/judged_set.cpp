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

std::vector<const MetricResult*> all_metrics(const std::vector<JudgedSet>& sets) {
  std::vector<const MetricResult*> all;
  for (const JudgedSet& set : sets) {
    for (const MetricResult& metric : set.metrics) {
      const bool known = std::ranges::any_of(
          all, [&](const MetricResult* other) { return other->name == metric.name; });
      if (!known) all.push_back(&metric);
    }
  }
  return all;
}

}  // namespace showergan::physics
