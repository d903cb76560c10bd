#include "nn/kernel/tap_sums.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace showergan::nn::kernel {
namespace {

/// Taps [first, last) of a result that meet the image along one axis.
struct Taps {
  std::int64_t first;
  std::int64_t last;
};

std::vector<Taps> taps_inside(const ConvolutionGeometry& g, std::size_t axis) {
  std::vector<Taps> taps;
  for (std::int64_t out = 0; out < g.out[axis]; ++out) {
    const std::int64_t start = out * g.stride[axis] - g.padding.before[axis];
    const std::int64_t first = std::clamp<std::int64_t>(-start, 0, g.kernel[axis]);
    const std::int64_t last = std::clamp<std::int64_t>(g.in[axis] - start, first, g.kernel[axis]);
    taps.push_back({first, last});
  }
  return taps;
}

/// Sums of one output channel's weights over boxes of taps that begin at the first tap: each entry
/// is the sum of all taps before it on every axis.
class SummedTaps {
 public:
  explicit SummedTaps(const Triple& kernel)
      : extents_{kernel[0] + 1, kernel[1] + 1, kernel[2] + 1},
        sums_(static_cast<std::size_t>(extents_[0] * extents_[1] * extents_[2])) {}

  void fill(const float* weights, std::int64_t channels) {
    const Triple k{extents_[0] - 1, extents_[1] - 1, extents_[2] - 1};
    const std::int64_t taps = k[0] * k[1] * k[2];
    for (std::int64_t x = 1; x <= k[0]; ++x) {
      for (std::int64_t y = 1; y <= k[1]; ++y) {
        for (std::int64_t z = 1; z <= k[2]; ++z) {
          const std::int64_t tap = ((x - 1) * k[1] + y - 1) * k[2] + z - 1;
          double sum = 0;
          for (std::int64_t c = 0; c < channels; ++c) {
            sum += static_cast<double>(weights[c * taps + tap]);
          }
          at(x, y, z) = sum + at(x - 1, y, z) + at(x, y - 1, z) + at(x, y, z - 1) -
                        at(x - 1, y - 1, z) - at(x - 1, y, z - 1) - at(x, y - 1, z - 1) +
                        at(x - 1, y - 1, z - 1);
        }
      }
    }
  }

  double box(const Taps& x, const Taps& y, const Taps& z) const {
    const auto plane = [&](std::int64_t i) {
      return at(i, y.last, z.last) - at(i, y.first, z.last) - at(i, y.last, z.first) +
             at(i, y.first, z.first);
    };
    return plane(x.last) - plane(x.first);
  }

 private:
  double& at(std::int64_t x, std::int64_t y, std::int64_t z) {
    return sums_[static_cast<std::size_t>((x * extents_[1] + y) * extents_[2] + z)];
  }
  double at(std::int64_t x, std::int64_t y, std::int64_t z) const {
    return sums_[static_cast<std::size_t>((x * extents_[1] + y) * extents_[2] + z)];
  }

  Triple extents_;
  std::vector<double> sums_;
};

}  // namespace

void sum_taps_inside(const ConvolutionGeometry& g, const float* kernel, float* sums) {
  const std::array<std::vector<Taps>, 3> taps{taps_inside(g, 0), taps_inside(g, 1),
                                              taps_inside(g, 2)};
  const std::int64_t row = g.in_channels * g.kernel[0] * g.kernel[1] * g.kernel[2];
  SummedTaps summed(g.kernel);
  for (std::int64_t f = 0; f < g.out_channels; ++f) {
    summed.fill(kernel + f * row, g.in_channels);
    float* to = sums + f;
    for (const Taps& x : taps[0]) {
      for (const Taps& y : taps[1]) {
        for (const Taps& z : taps[2]) {
          *to = static_cast<float>(summed.box(x, y, z));
          to += g.out_channels;
        }
      }
    }
  }
}

}  // namespace showergan::nn::kernel
