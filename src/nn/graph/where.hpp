#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Inputs (condition, a, b): a where condition > 0, b elsewhere, with broadcasting as Arithmetic.
/// No gradient flows to the condition.
struct Where {
  static constexpr std::string_view type = "where";
};

Shape infer_shape(const Where& where, std::span<const Shape> inputs);

}  // namespace showergan::nn
