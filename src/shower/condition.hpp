#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "showergan/condition.hpp"

namespace showergan {

/// The number of that name. Throws InputError for a name that is none of Condition's.
float value_of(const Condition& condition, const std::string& name);

/// The same, to set it.
void set_value(Condition& condition, const std::string& name, float value);

/// `count` values of a condition, uniform in [low, high]; that of shower i depends on the name, the
/// seed and i only.
std::vector<float> uniform_condition(const std::string& name, std::uint64_t seed,
                                     std::uint64_t first_index, std::int64_t count, float low,
                                     float high);

}  // namespace showergan
