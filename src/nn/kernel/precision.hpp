#pragma once

#include <cstddef>

#include "showergan/precision.hpp"

#include "nn/kernel/input_range.hpp"

namespace showergan::nn::kernel {

/// How a kernel multiplies.
struct NumberFormat {
  Precision precision = Precision::f32;
  InputRange range = {};  ///< int8
};

/// Bytes of one number that is multiplied.
std::size_t bytes_of(Precision precision);

}  // namespace showergan::nn::kernel
