#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "training/parameter.hpp"
#include "training/schedule.hpp"

namespace showergan::training::schedule {

/// What each NAME() of this folder returns: how the schedule is called and made.
struct Kind {
  std::string_view name;
  std::vector<Parameter> parameters;
  /// With a value in range for every parameter.
  std::unique_ptr<Schedule> (*make)(const ParameterValues& values);
};

/// The kinds of all files in this folder, in the order of their names.
std::vector<Kind> all();

}  // namespace showergan::training::schedule
