#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Mean over disjoint blocks of cells; what does not fill a block at the end of an axis is dropped
/// (Keras: padding "valid", strides = pool size).
struct AveragePooling {
  static constexpr std::string_view type = "average_pooling";
  Triple block{2, 2, 2};
};

Shape infer_shape(const AveragePooling& pooling, std::span<const Shape> inputs);

}  // namespace showergan::nn
