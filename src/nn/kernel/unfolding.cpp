#include "nn/kernel/unfolding.hpp"

#include <algorithm>
#include <cstring>

#include "nn/kernel/short_copy.hpp"

namespace showergan::nn::kernel {
namespace {

/// Channels of a plain image from which on oneDNN's kernels are near their best.
constexpr std::int64_t enough_channels = 8;
/// Unfolded channels beyond which the copy costs more than it saves.
constexpr std::int64_t most_unfolded = 64;

}  // namespace

bool Unfolding::pays(const ConvolutionGeometry& g, Precision precision) {
  const std::int64_t unfolded = g.in_channels * g.kernel[2];
  if (precision == Precision::f32 && unfolded < 2 * enough_channels) return false;
  return g.in_channels < enough_channels && g.kernel[2] > 1 && unfolded <= most_unfolded;
}

Unfolding::Unfolding(const ConvolutionGeometry& plain) : plain_(plain), unfolded_(plain) {
  unfolded_.in_channels = plain.in_channels * plain.kernel[2];
  unfolded_.in[2] = plain.out[2];
  unfolded_.kernel[2] = 1;
  unfolded_.stride[2] = 1;
  unfolded_.padding.before[2] = 0;
  unfolded_.padding.after[2] = 0;
}

std::int64_t Unfolding::image_count() const {
  const Triple& in = unfolded_.in;
  return unfolded_.batch * unfolded_.in_channels * in[0] * in[1] * in[2];
}

void Unfolding::unfold(const void* plain, void* unfolded, std::size_t size,
                       unsigned char zero) const {
  const auto* from = static_cast<const std::byte*>(plain);
  auto* to = static_cast<std::byte*>(unfolded);
  const std::size_t cell = size * static_cast<std::size_t>(plain_.in_channels);
  const std::size_t window = cell * static_cast<std::size_t>(plain_.kernel[2]);
  const std::int64_t rows = plain_.batch * plain_.in[0] * plain_.in[1];
  const std::int64_t length = plain_.in[2];
  for (std::int64_t row = 0; row < rows; ++row) {
    std::int64_t z = -plain_.padding.before[2];
    for (std::int64_t out = 0; out < unfolded_.in[2]; ++out, z += plain_.stride[2], to += window) {
      const std::int64_t first = std::clamp<std::int64_t>(z, 0, length);
      const std::int64_t last = std::clamp<std::int64_t>(z + plain_.kernel[2], first, length);
      if (last - first < plain_.kernel[2]) std::memset(to, zero, window);
      if (first == last) continue;  // all in the padding
      short_copy(to + static_cast<std::size_t>(first - z) * cell,
                 from + static_cast<std::size_t>(row * length + first) * cell,
                 static_cast<std::size_t>(last - first) * cell);
    }
  }
}

std::vector<float> Unfolding::unfold_kernel(const float* plain) const {
  const Triple& k = plain_.kernel;
  const std::int64_t planes = k[0] * k[1];
  const std::int64_t channels = plain_.in_channels;
  std::vector<float> result(
      static_cast<std::size_t>(plain_.out_channels * channels * planes * k[2]));
  for (std::int64_t f = 0; f < plain_.out_channels; ++f) {
    for (std::int64_t c = 0; c < channels; ++c) {
      for (std::int64_t p = 0; p < planes; ++p) {
        for (std::int64_t z = 0; z < k[2]; ++z) {
          const std::int64_t to = (f * k[2] * channels + z * channels + c) * planes + p;
          result[static_cast<std::size_t>(to)] =
              plain[((f * channels + c) * planes + p) * k[2] + z];
        }
      }
    }
  }
  return result;
}

}  // namespace showergan::nn::kernel
