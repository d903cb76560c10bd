#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "training/optimizer.hpp"
#include "training/parameter.hpp"

namespace showergan::training::optimizer {

/// What each NAME() of this folder returns: how the optimiser is called and made.
struct Kind {
  std::string_view name;
  std::vector<Parameter> parameters;
  /// With a value in range for every parameter.
  std::unique_ptr<Optimizer> (*make)(const ParameterValues& values, std::int64_t size);
};

/// The kinds of all files in this folder, in the order of their names.
std::vector<Kind> all();

}  // namespace showergan::training::optimizer
