#pragma once

#include <string>
#include <string_view>

namespace showergan::physics {

/// A few words on what a metric is, for the report; empty for a metric that is not known here.
std::string metric_meaning(std::string_view name);

}  // namespace showergan::physics
