#pragma once

#include <memory>

#include "nn/kernel/kernel.hpp"

namespace showergan::nn::kernel {

/// The kernel of a Dense with a convolution composed into it: one matrix, which prepare() computes
/// by sending the columns of the dense layer's kernel through the convolution.
std::unique_ptr<Kernel> make_composed_dense(const Dense& op, const Request& request);

}  // namespace showergan::nn::kernel
