#pragma once

#include "nn/kernel/convolution_geometry.hpp"

namespace showergan::nn::kernel {

/// For every result of a convolution of one image, the sum of the weights whose taps meet the image
/// and not the padding, (x, y, z, out channel) with the channels innermost: what the convolution
/// makes of an image of ones. `kernel` is (out, in, kx, ky, kz).
///
/// int8 images have their zero at step 128, but oneDNN pads with step 0, so a result is too large
/// by 128 times this, in the interior as at the border.
void sum_taps_inside(const ConvolutionGeometry& geometry, const float* kernel, float* sums);

}  // namespace showergan::nn::kernel
