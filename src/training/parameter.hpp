#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace showergan::training {

/// The values that a parameter may have; all are finite.
enum class Range {
  positive,      ///< above 0
  not_negative,  ///< 0 or more
  below_one,     ///< 0 or more, below 1
  above_zero,    ///< above 0, at most 1
  fraction,      ///< from 0 to 1
  flag,          ///< 0 or 1
};

/// A parameter of an optimiser or schedule.
struct Parameter {
  std::string_view name;
  double standard;  ///< where none is given
  Range range;
};

using ParameterValues = std::map<std::string, double>;

/// The standard value of each parameter.
ParameterValues standard_values(std::span<const Parameter> parameters);

/// A value for every parameter: the given one, or the standard one. `owner`, such as "the optimizer
/// adam", is named in errors. Throws InputError if a value is out of range, or given for no
/// parameter.
ParameterValues complete_values(std::string_view owner, std::span<const Parameter> parameters,
                                const ParameterValues& given);

}  // namespace showergan::training
