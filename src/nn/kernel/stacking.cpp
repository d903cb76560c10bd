#include "nn/kernel/stacking.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "nn/kernel/onednn.hpp"
#include "nn/kernel/short_copy.hpp"

namespace showergan::nn::kernel {
namespace {

std::int64_t blocks_of(std::int64_t extent, std::int64_t block) {
  return (extent + block - 1) / block;
}

/// Taps along one axis that meet the image and not the padding, over all blocks.
std::int64_t taps_inside(const ConvolutionGeometry& g, std::size_t axis, std::int64_t block) {
  const std::int64_t taps = g.kernel[axis] + (block - 1) * g.stride[axis];
  std::int64_t sum = 0;
  for (std::int64_t out = 0; out < g.out[axis]; out += block) {
    const std::int64_t first = out * g.stride[axis] - g.padding.before[axis];
    sum += std::max<std::int64_t>(
        0, std::min(first + taps, g.in[axis]) - std::max<std::int64_t>(first, 0));
  }
  return sum;
}

std::int64_t product(const Triple& triple) {
  return triple[0] * triple[1] * triple[2];
}

/// The cheapest block of at most as many results as there are lanes; among equals the first with
/// the fewest along x, then along y, and with those the longest along z.
Triple best_block(const ConvolutionGeometry& g) {
  const std::int64_t lanes = vector_lanes();
  Triple best{1, 1, 1};
  std::int64_t best_cost = vector_operations(g) * 3 / 4;
  for (std::int64_t x = 1; x <= std::min(lanes, g.out[0]); ++x) {
    for (std::int64_t y = 1; x * y <= lanes && y <= g.out[1]; ++y) {
      for (std::int64_t z = std::min(lanes / (x * y), g.out[2]); z >= 1; --z) {
        const std::int64_t candidate = vector_operations(g, {x, y, z});
        if (candidate >= best_cost) continue;
        best = {x, y, z};
        best_cost = candidate;
      }
    }
  }
  return best;
}

ConvolutionGeometry stack(const ConvolutionGeometry& plain, const Triple& block) {
  ConvolutionGeometry stacked = plain;
  stacked.out_channels = plain.out_channels * product(block);
  for (std::size_t i = 0; i < 3; ++i) {
    stacked.out[i] = blocks_of(plain.out[i], block[i]);
    stacked.stride[i] = plain.stride[i] * block[i];
    stacked.kernel[i] = plain.kernel[i] + (block[i] - 1) * plain.stride[i];
    stacked.padding.after[i] = (stacked.out[i] - 1) * stacked.stride[i] + stacked.kernel[i] -
                               plain.in[i] - plain.padding.before[i];
  }
  return stacked;
}

}  // namespace

std::int64_t vector_lanes() {
  // The number of an instruction set has the bits of every set that it includes.
  constexpr auto avx512 = static_cast<unsigned>(dnnl::cpu_isa::avx512_core);
  const auto here = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
  return (here & avx512) == avx512 ? 16 : 8;
}

std::int64_t vector_operations(const ConvolutionGeometry& g, const Triple& block) {
  std::int64_t operations =
      g.in_channels * blocks_of(g.out_channels * product(block), vector_lanes());
  for (std::size_t axis = 0; axis < 3; ++axis) operations *= taps_inside(g, axis, block[axis]);
  return operations;
}

Stacking::Stacking(const ConvolutionGeometry& plain) : Stacking(plain, best_block(plain)) {}

Stacking::Stacking(const ConvolutionGeometry& plain, const Triple& block)
    : plain_(plain), stacked_(plain), block_(block), positions_(product(block)) {
  if (active()) stacked_ = kernel::stack(plain, block_);
}

std::size_t Stacking::image_bytes() const {
  if (block_[0] == 1 && block_[1] == 1 && plain_.out[2] % block_[2] == 0) return 0;
  return aligned(
      static_cast<std::size_t>(stacked_.batch * product(stacked_.out) * stacked_.out_channels) *
      sizeof(float));
}

/// Calls visitor(plain, stacked, count) for all results that lie one after another in both layouts.
template <class Visitor>
void Stacking::for_each_run(Visitor&& visitor) const {
  const Triple& blocks = stacked_.out;
  const Triple& out = plain_.out;
  const std::int64_t filters = plain_.out_channels;
  // Without blocks along x and y a whole row is one run.
  const std::int64_t run = positions_ == block_[2] ? out[2] : block_[2];
  for (std::int64_t n = 0; n < plain_.batch; ++n) {
    for (std::int64_t x = 0; x < out[0]; ++x) {
      for (std::int64_t y = 0; y < out[1]; ++y) {
        const std::int64_t row = ((n * out[0] + x) * out[1] + y) * out[2];
        const std::int64_t block_row =
            ((n * blocks[0] + x / block_[0]) * blocks[1] + y / block_[1]) * blocks[2] * positions_ +
            (x % block_[0] * block_[1] + y % block_[1]) * block_[2];
        for (std::int64_t z = 0; z < out[2]; z += run) {
          visitor((row + z) * filters, (block_row + z / block_[2] * positions_) * filters,
                  std::min(run, out[2] - z) * filters);
        }
      }
    }
  }
}

void Stacking::stack(const float* plain, float* stacked) const {
  std::fill_n(stacked, image_bytes() / sizeof(float), 0.0f);
  for_each_run([&](std::int64_t p, std::int64_t s, std::int64_t count) {
    short_copy(stacked + s, plain + p, static_cast<std::size_t>(count) * sizeof(float));
  });
}

void Stacking::unstack(const float* stacked, float* plain) const {
  for_each_run([&](std::int64_t p, std::int64_t s, std::int64_t count) {
    short_copy(plain + p, stacked + s, static_cast<std::size_t>(count) * sizeof(float));
  });
}

std::int64_t Stacking::kernel_count() const {
  return stacked_.out_channels * stacked_.in_channels * product(stacked_.kernel);
}

/// Calls visitor(plain, stacked) for every row of taps along z and every position.
template <class Visitor>
void Stacking::for_each_kernel_row(Visitor&& visitor) const {
  const Triple& taps = plain_.kernel;
  const Triple& stacked_taps = stacked_.kernel;
  const Triple& stride = plain_.stride;
  const std::int64_t kernels = plain_.out_channels * plain_.in_channels;
  for (std::int64_t position = 0; position < positions_; ++position) {
    const std::int64_t x = position / (block_[1] * block_[2]) * stride[0];
    const std::int64_t y = position / block_[2] % block_[1] * stride[1];
    const std::int64_t z = position % block_[2] * stride[2];
    for (std::int64_t k = 0; k < kernels; ++k) {
      const std::int64_t stacked = (position * kernels + k) * product(stacked_taps);
      for (std::int64_t i = 0; i < taps[0]; ++i) {
        for (std::int64_t j = 0; j < taps[1]; ++j) {
          visitor(((k * taps[0] + i) * taps[1] + j) * taps[2],
                  stacked + ((x + i) * stacked_taps[1] + y + j) * stacked_taps[2] + z);
        }
      }
    }
  }
}

void Stacking::stack_kernel(const float* plain, float* stacked) const {
  std::fill_n(stacked, kernel_count(), 0.0f);
  for_each_kernel_row([&](std::int64_t p, std::int64_t s) {
    std::copy_n(plain + p, plain_.kernel[2], stacked + s);
  });
}

void Stacking::add_kernel_gradient(const float* stacked, float* plain) const {
  for_each_kernel_row([&](std::int64_t p, std::int64_t s) {
    for (std::int64_t k = 0; k < plain_.kernel[2]; ++k) plain[p + k] += stacked[s + k];
  });
}

void Stacking::add_bias_gradient(const float* stacked, float* plain) const {
  for (std::int64_t i = 0; i < stacked_.out_channels; ++i) {
    plain[i % plain_.out_channels] += stacked[i];
  }
}

std::string Stacking::describe(const std::string& implementation) const {
  if (!active()) return implementation;
  return fmt::format("{} in blocks of {} × {} × {}", implementation, block_[0], block_[1],
                     block_[2]);
}

}  // namespace showergan::nn::kernel
