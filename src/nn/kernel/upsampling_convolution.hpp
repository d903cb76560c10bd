#pragma once

#include <memory>

#include "nn/kernel/kernel.hpp"

namespace showergan::nn::kernel {

/// The kernel of a Conv3d that up-samples its input: convolutions at low resolution, whose results
/// are dealt to the cells (see LowResolution).
std::unique_ptr<Kernel> make_upsampling_convolution(const Conv3d& op, const Request& request);

}  // namespace showergan::nn::kernel
