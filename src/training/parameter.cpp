#include "training/parameter.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "training/named.hpp"

namespace showergan::training {
namespace {

bool contains(Range range, double value) {
  if (!std::isfinite(value)) return false;
  switch (range) {
    case Range::positive:
      return value > 0;
    case Range::not_negative:
      return value >= 0;
    case Range::below_one:
      return value >= 0 && value < 1;
    case Range::above_zero:
      return value > 0 && value <= 1;
    case Range::fraction:
      return value >= 0 && value <= 1;
    case Range::flag:
      return value == 0 || value == 1;
  }
  return false;
}

std::string_view in_words(Range range) {
  switch (range) {
    case Range::positive:
      return "above 0";
    case Range::not_negative:
      return "0 or more";
    case Range::below_one:
      return "0 or more and below 1";
    case Range::above_zero:
      return "above 0 and at most 1";
    case Range::fraction:
      return "from 0 to 1";
    case Range::flag:
      return "0 or 1";
  }
  return "";
}

}  // namespace

ParameterValues standard_values(std::span<const Parameter> parameters) {
  ParameterValues result;
  for (const Parameter& parameter : parameters) {
    result.emplace(parameter.name, parameter.standard);
  }
  return result;
}

ParameterValues complete_values(std::string_view owner, std::span<const Parameter> parameters,
                                const ParameterValues& given) {
  ParameterValues result = standard_values(parameters);
  for (const auto& [name, value] : given) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&name = name](const Parameter& p) { return p.name == name; });
    if (found == parameters.end()) {
      throw_unknown(fmt::format("{} has no parameter '{}'", owner, name), names_of(parameters));
    }
    if (!contains(found->range, value)) {
      throw InputError(fmt::format("{} of {} is out of range", name, owner),
                       fmt::format("it is {}", value),
                       fmt::format("it must be {}", in_words(found->range)));
    }
    result[name] = value;
  }
  return result;
}

}  // namespace showergan::training
