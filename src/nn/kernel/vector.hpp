#pragma once

#include <cstdint>
#include <span>

#include "nn/graph/activation.hpp"

namespace showergan::nn::kernel {

// Our own vector kernels (Highway, dispatched at run time to the best instruction set of the
// machine). Arrays are contiguous; "channels innermost" means element i belongs to channel i %
// channels.

/// sum[i] += x[i].
void add_to(float* sum, const float* x, std::int64_t count);

/// gradient[i] *= f'(x[i]), computed from output[i] = f(x[i]); see derivative_from_output().
void multiply_by_derivative(const Activation& activation, const float* output, float* gradient,
                            std::int64_t count);

/// out[i] = in[i] · scale[c] + shift[c], channels innermost; in may be out.
void scale_shift(const float* in, float* out, std::int64_t count, std::span<const float> scale,
                 std::span<const float> shift);

/// out[i] = r(in[i] + bias[c]) · scale[c] + shift[c], channels innermost, where r(x) = x for x > 0
/// and slope · x elsewhere (ReLU: 0, leaky ReLU, linear: 1); in may be out.
void rectify_channels(const float* in, float* out, std::int64_t count, std::span<const float> bias,
                      float slope, std::span<const float> scale, std::span<const float> shift);

/// first[c] += Σ a[i], second[c] += Σ a[i]·b[i] over channel c, channels innermost; double sums.
void channel_sums(const float* a, const float* b, std::int64_t count, std::span<double> first,
                  std::span<double> second);

/// sums[c] += Σ x[i] over channel c, channels innermost, such as the gradient of a bias; `work` has
/// two numbers per channel.
void add_channel_sums(const float* x, std::int64_t count, std::span<double> work, float* sums);

/// out[i] = a[i]·p[c] + b[i]·q[c] + r[c], channels innermost.
void combine_channels(const float* a, const float* b, float* out, std::int64_t count,
                      std::span<const float> p, std::span<const float> q, std::span<const float> r);

/// Dropout: where the upper 24 bits of words[i] are below `threshold`, out[i] = 0 and mask[i] = 0,
/// elsewhere in[i] · kept and not 0; in may be out.
void drop(const float* in, const std::uint32_t* words, std::uint32_t threshold, float kept,
          float* out, std::uint8_t* mask, std::int64_t count);

/// out[i] = mask[i] ? in[i] · kept : 0; in may be out.
void drop_again(const float* in, const std::uint8_t* mask, float kept, float* out,
                std::int64_t count);

}  // namespace showergan::nn::kernel
