#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Adds cells with the value 0 around an image.
struct ZeroPadding {
  static constexpr std::string_view type = "zero_padding";
  Padding padding{};
};

Shape infer_shape(const ZeroPadding& zero_padding, std::span<const Shape> inputs);

}  // namespace showergan::nn
