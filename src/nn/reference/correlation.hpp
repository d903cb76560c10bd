#pragma once

#include <cstdint>
#include <span>

#include "nn/graph/shape.hpp"

namespace showergan::nn::reference {

/// The linear map K of a three-dimensional convolution, from an image (C, x, y, z) to a result (F,
/// x', y', z') with a kernel (F, C, kx, ky, kz). A transposed convolution is Kᵀ, so both operators
/// and their gradients are made of the three functions below. `image` and `result` are whole
/// batches.
struct Correlation {
  std::int64_t batch;
  const Shape& image;
  const Shape& result;
  Triple kernel;
  Triple stride;
  Triple before;  ///< padding at the beginning of each axis; that at the end follows from `result`
};

/// result += K image
void correlate(const Correlation& map, std::span<const double> image,
               std::span<const double> kernel, std::span<double> result);

/// image += Kᵀ result
void correlate_transposed(const Correlation& map, std::span<const double> result,
                          std::span<const double> kernel, std::span<double> image);

/// kernel += gradient of ⟨result, K image⟩ with respect to the kernel
void correlate_kernel_gradient(const Correlation& map, std::span<const double> image,
                               std::span<const double> result, std::span<double> kernel);

}  // namespace showergan::nn::reference
