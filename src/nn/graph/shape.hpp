#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace showergan::nn {

/// Extents of one sample's tensor; the batch is never part of a shape. An image is (channels, x, y,
/// z), as in ONNX and PyTorch; the values of a tensor are stored row by row (the last axis
/// fastest).
using Shape = std::vector<std::int64_t>;

/// One number per spatial axis x, y, z.
using Triple = std::array<std::int64_t, 3>;

/// Cells added (zero padding, convolution) or removed (cropping) on both sides of x, y and z.
struct Padding {
  Triple before{0, 0, 0};
  Triple after{0, 0, 0};

  bool empty() const noexcept { return before == Triple{0, 0, 0} && after == Triple{0, 0, 0}; }
  friend bool operator==(const Padding&, const Padding&) = default;
};

/// Number of elements; 1 for the empty shape.
std::int64_t element_count(const Shape& shape);

/// "8 channels of 7×7×8" for an image, "3136" or "3×4" otherwise.
std::string to_string(const Shape& shape);
std::string to_string(const Triple& triple);

}  // namespace showergan::nn
