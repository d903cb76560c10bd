#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace showergan::physics {

/// A few words on what a metric is, for the report; empty for a metric that is not known here.
std::string metric_meaning(std::string_view name);

/// Names of the metrics that are known here, but those of identification, which end with the name
/// of a particle.
std::vector<std::string_view> metrics_with_meaning();

}  // namespace showergan::physics
