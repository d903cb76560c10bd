#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/conv3d.hpp"

namespace showergan::nn {

/// Convolutions that see one cell each (kernel 1, stride 1, no padding), one after the other: each
/// cell goes through all of them before the next, so that what lies between them never leaves the
/// processor. A pass makes it in inference (nn/lowering/cell_chain_fusion.cpp); no file holds one.
///
/// Inputs are the image, and then what the stages add that add an image of their own, in their
/// order; parameters are those of the stages, one after the other.
struct CellChain {
  static constexpr std::string_view type = "cell_chain";

  struct Stage {
    Conv3d convolution;
    bool residual = false;  ///< its addition is of the image that it reads

    bool adds_an_image() const noexcept { return convolution.addition && !residual; }
  };
  std::vector<Stage> stages;
};

Shape infer_shape(const CellChain& chain, std::span<const Shape> inputs);
std::vector<ParameterSpec> parameters(const CellChain& chain, std::span<const Shape> inputs);
std::int64_t multiply_adds(const CellChain& chain, std::span<const Shape> inputs,
                           const Shape& output);

}  // namespace showergan::nn
