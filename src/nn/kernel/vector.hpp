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

/// first[c] += Σ a[i], second[c] += Σ a[i]·b[i] over channel c, channels innermost; double sums.
void channel_sums(const float* a, const float* b, std::int64_t count, std::span<double> first,
                  std::span<double> second);

/// out[i] = a[i]·p[c] + b[i]·q[c] + r[c], channels innermost.
void combine_channels(const float* a, const float* b, float* out, std::int64_t count,
                      std::span<const float> p, std::span<const float> q, std::span<const float> r);

}  // namespace showergan::nn::kernel
