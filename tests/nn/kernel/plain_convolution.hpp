#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "nn/kernel/convolution_geometry.hpp"

/// The definition of a convolution of stride 1, to which our kernels are compared.
namespace showergan::nn::kernel {

inline std::int64_t product(const Triple& triple) {
  return triple[0] * triple[1] * triple[2];
}

/// With results of these extents: the image is as large as that and the padding need it.
inline ConvolutionGeometry convolution_to(const Triple& out, std::int64_t channels,
                                          std::int64_t filters, const Triple& kernel,
                                          const Padding& padding) {
  ConvolutionGeometry g{1, channels, filters, {}, {}, kernel, {1, 1, 1}, padding};
  for (std::size_t i = 0; i < 3; ++i) {
    g.in[i] =
        std::max<std::int64_t>(1, out[i] + kernel[i] - 1 - padding.before[i] - padding.after[i]);
    g.out[i] = g.in[i] + padding.before[i] + padding.after[i] - kernel[i] + 1;
  }
  return g;
}

/// What is done to results: f(x + bias) · scale + shift per filter, f(x) = x for x > 0 and
/// slope · x elsewhere.
struct PlainFinish {
  std::vector<float> bias;
  std::vector<float> scale;
  std::vector<float> shift;
  float slope;
};

/// Finished results of one image, channels innermost, for a kernel (out, in, kx, ky, kz).
inline std::vector<double> convolved(const ConvolutionGeometry& g, const std::vector<float>& image,
                                     const std::vector<float>& kernel, const PlainFinish& finish) {
  const Triple& k = g.kernel;
  std::vector<double> result;
  // Of one tap along x and y: the row of the image under it, or null in the padding.
  const auto row_under = [&](std::int64_t x, std::int64_t y) -> const float* {
    if (x < 0 || x >= g.in[0] || y < 0 || y >= g.in[1]) return nullptr;
    return image.data() + (x * g.in[1] + y) * g.in[2] * g.in_channels;
  };
  const auto sum_at = [&](std::int64_t x, std::int64_t y, std::int64_t z, std::int64_t f) {
    double sum = 0;
    for (std::int64_t tap = 0; tap < k[0] * k[1]; ++tap) {
      const float* row =
          row_under(x - g.padding.before[0] + tap / k[1], y - g.padding.before[1] + tap % k[1]);
      if (!row) continue;
      const std::int64_t first = z - g.padding.before[2];
      for (std::int64_t c = 0; c < g.in_channels; ++c) {
        const float* weights = kernel.data() + ((f * g.in_channels + c) * k[0] * k[1] + tap) * k[2];
        for (std::int64_t t = std::max<std::int64_t>(0, -first); t < k[2]; ++t) {
          if (first + t >= g.in[2]) break;
          sum += static_cast<double>(row[(first + t) * g.in_channels + c]) *
                 static_cast<double>(weights[t]);
        }
      }
    }
    return sum;
  };
  for (std::int64_t i = 0; i < product(g.out); ++i) {
    for (std::int64_t f = 0; f < g.out_channels; ++f) {
      const auto filter = static_cast<std::size_t>(f);
      const double x = sum_at(i / (g.out[1] * g.out[2]), i / g.out[2] % g.out[1], i % g.out[2], f) +
                       static_cast<double>(finish.bias[filter]);
      const double bent = x > 0 ? x : static_cast<double>(finish.slope) * x;
      result.push_back(bent * static_cast<double>(finish.scale[filter]) +
                       static_cast<double>(finish.shift[filter]));
    }
  }
  return result;
}

/// Numbers in [−1, 1).
inline std::vector<float> uniform_numbers(std::int64_t count, std::uint64_t index) {
  std::vector<float> values(static_cast<std::size_t>(count));
  CounterRandom(7, RandomPurpose::noise).fill_uniform(index, values);
  for (float& value : values) value = 2 * value - 1;
  return values;
}

/// −2 … 2: sums of thousands of products of them are exact, and so are in bf16 sums of a few.
inline std::vector<float> whole_numbers(std::int64_t count, std::uint64_t index) {
  std::vector<float> values = uniform_numbers(count, index);
  for (float& value : values) value = std::floor(value * 2.5f + 0.5f);
  return values;
}

/// Norm of the difference by that of what is expected.
inline double relative_difference(const std::vector<float>& found,
                                  const std::vector<double>& expected) {
  double difference = 0;
  double norm = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    difference += std::pow(static_cast<double>(found[i]) - expected[i], 2);
    norm += std::pow(expected[i], 2);
  }
  return std::sqrt(difference / norm);
}

}  // namespace showergan::nn::kernel
