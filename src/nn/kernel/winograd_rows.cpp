#include "nn/kernel/winograd_rows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/winograd_rows.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <array>
#include <cstring>

#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/narrow_convolution_row.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/stacking.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;

/// Combines the nine sums of a tile, (part along x, part along y, cell, filter), to its four rows
/// of results, (x, y, cell, filter), over the first ones; then the epilogue's bias, function, scale
/// and shift per filter.
void CombineTile(float* HWY_RESTRICT sums, std::size_t cells, std::size_t filters,
                 const float* HWY_RESTRICT bias, float slope_below, const float* HWY_RESTRICT scale,
                 const float* HWY_RESTRICT shift) {
  const D d;
  const std::size_t row = cells * filters;
  const auto slope = hn::Set(d, slope_below);
  for (std::size_t f = 0; f < filters; f += hn::Lanes(d)) {
    const auto b = hn::LoadU(d, bias + f);
    const auto s = hn::LoadU(d, scale + f);
    const auto h = hn::LoadU(d, shift + f);
    const auto store = [&](auto sum, float* to) HWY_ATTR {
      const auto x = hn::Add(sum, b);
      const auto y = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), x, hn::Mul(slope, x));
      hn::Store(hn::MulAdd(y, s, h), d, to);
    };
    for (std::size_t cell = 0; cell < cells; ++cell) {
      float* at = sums + cell * filters + f;
      hn::VFromD<D> even[3];  // along y
      hn::VFromD<D> odd[3];
      for (std::size_t part = 0; part < 3; ++part) {
        const float* three = at + 3 * part * row;
        const auto both = hn::Load(d, three + row);
        even[part] = hn::Add(hn::Load(d, three), both);
        odd[part] = hn::Sub(both, hn::Load(d, three + 2 * row));
      }
      store(hn::Add(even[0], even[1]), at);
      store(hn::Add(odd[0], odd[1]), at + row);
      store(hn::Sub(even[1], even[2]), at + 2 * row);
      store(hn::Sub(odd[1], odd[2]), at + 3 * row);
    }
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(CombineTile);

namespace {

constexpr std::int64_t lanes = 16;
/// Taps of a part along one axis.
constexpr std::int64_t most_taps = 4;
/// Sums shorter than this are not worth storing and combining.
constexpr std::int64_t shortest_sum = 32;
/// The nine sums of a tile should stay in the second-level cache.
constexpr std::int64_t most_results = std::int64_t{1} << 14;

std::int64_t up_to_lanes(std::int64_t number) {
  return (number + lanes - 1) / lanes * lanes;
}

}  // namespace

std::int64_t WinogradRows::operations(const ConvolutionGeometry& g) {
  std::int64_t tiles = up_to_lanes(g.out_channels) / lanes * g.out[2];
  std::int64_t products = g.in_channels * g.kernel[2];
  for (std::size_t axis = 0; axis < 2; ++axis) {
    tiles *= half_up(g.out[axis]);
    products *= 2 * half_up(g.kernel[axis]) + g.kernel[axis] / 2;
  }
  constexpr std::int64_t combining = 40;  // storing and combining the nine sums
  return tiles * (products + combining) * lanes / vector_lanes();  // as vector_operations() counts
}

bool WinogradRows::fits(const ConvolutionGeometry& g, Precision precision) {
  const bool pairs = precision != Precision::bf16 || g.in_channels % 2 == 0;
  if (precision == Precision::int8 || !pairs) return false;
  if (g.stride != Triple{1, 1, 1} || g.kernel[0] < 2 || g.kernel[1] < 2) return false;
  if (std::max(g.kernel[0], g.kernel[1]) > 2 * most_taps) return false;
  if (g.in_channels * g.kernel[2] < shortest_sum || g.out_channels < lanes) return false;
  if (up_to_lanes(g.out_channels) * g.out[2] > most_results) return false;
  return operations(g) * 10 < vector_operations(g) * 9;
}

WinogradRows::WinogradRows(const ConvolutionGeometry& geometry, Precision precision,
                           const EpilogueKernel& epilogue)
    : geometry_(geometry),
      precision_(precision),
      epilogue_(&epilogue),
      filters_(up_to_lanes(geometry.out_channels)),
      window_(geometry, precision, WinogradWindow::Row::channels_along_memory, 0) {
  SHOWERGAN_EXPECT(fits(geometry, precision));
  SHOWERGAN_EXPECT(epilogue.slope() && epilogue.width() == geometry.out_channels);
}

std::int64_t WinogradRows::steps() const {
  const std::int64_t numbers = geometry_.kernel[2] * geometry_.in_channels;
  return precision_ == Precision::bf16 ? numbers / 2 : numbers;
}

std::int64_t WinogradRows::weight_steps() const {
  std::int64_t all = steps();
  for (const std::size_t axis : {0u, 1u}) {
    all *= window_.taps(axis, 0) + window_.taps(axis, 1) + window_.taps(axis, 2);
  }
  return all;
}

std::size_t WinogradRows::weights_bytes() const {
  // Behind the weights the epilogue of the sums before they are combined: zeros and ones.
  return aligned(static_cast<std::size_t>((weight_steps() + 2) * filters_) * sizeof(float));
}

void WinogradRows::prepare(const float* master, std::byte* prepared) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t numbers = g.kernel[2] * g.in_channels;
  std::fill_n(prepared, weights_bytes(), std::byte{0});
  std::byte* to = prepared;
  const auto put_tap = [&](std::array<std::int64_t, 2> part, std::array<std::int64_t, 2> place) {
    for (std::int64_t f = 0; f < g.out_channels; ++f) {
      for (std::int64_t k = 0; k < numbers; ++k) {
        const float weight =
            window_.weight(master, f, k % g.in_channels, part, place, k / g.in_channels);
        if (precision_ == Precision::f32) {
          reinterpret_cast<float*>(to)[k * filters_ + f] = weight;
        } else {
          auto* halves = reinterpret_cast<std::uint16_t*>(to);
          to_bf16(&weight, halves + (k / 2 * filters_ + f) * 2 + k % 2, 1);
        }
      }
    }
    to += steps() * filters_ * 4;
  };
  for (std::int64_t part_x = 0; part_x < 3; ++part_x) {
    for (std::int64_t part_y = 0; part_y < 3; ++part_y) {
      for (std::int64_t i = 0; i < window_.taps(0, part_x); ++i) {
        for (std::int64_t j = 0; j < window_.taps(1, part_y); ++j) {
          put_tap({part_x, part_y}, {i, j});
        }
      }
    }
  }
  std::fill_n(reinterpret_cast<float*>(to) + filters_, filters_, 1.0f);
}

std::size_t WinogradRows::scratch_bytes() const {
  return window_.scratch_bytes() +
         aligned(static_cast<std::size_t>(9 * geometry_.out[2] * filters_) * sizeof(float));
}

const float* WinogradRows::run_tile(std::int64_t tile_x, std::int64_t tile_y,
                                    const std::byte* weights, const std::byte* epilogue,
                                    std::byte* scratch) const {
  const ConvolutionGeometry& g = geometry_;
  auto* sums = reinterpret_cast<float*>(scratch + window_.scratch_bytes());
  std::array<NarrowTap, most_taps * most_taps> taps;
  NarrowRow row{};
  row.steps = steps();
  row.filters = filters_;
  row.cell_bytes = g.in_channels * static_cast<std::int64_t>(bytes_of(precision_));
  row.cells = g.out[2];
  const auto* constants = reinterpret_cast<const float*>(weights) + weight_steps() * filters_;
  row.bias = constants;
  row.scale = constants + filters_;
  row.shift = constants;
  row.slope = 1;
  row.out = sums;
  for (std::int64_t part_x = 0; part_x < 3; ++part_x) {
    for (std::int64_t part_y = 0; part_y < 3; ++part_y) {
      std::size_t count = 0;
      for (std::int64_t i = 0; i < window_.taps(0, part_x); ++i) {
        for (std::int64_t j = 0; j < window_.taps(1, part_y); ++j) {
          taps[count++] = {window_.row(scratch, {part_x, part_y}, {tile_x, tile_y}, {i, j}),
                           weights};
          weights += steps() * filters_ * 4;
        }
      }
      row.taps = std::span(taps).first(count);
      run_narrow_row(row, precision_);
      row.out += g.out[2] * filters_;
    }
  }
  // The epilogue's numbers are read in whole vectors; see NarrowConvolution.
  HWY_DYNAMIC_DISPATCH(CombineTile)
  (sums, static_cast<std::size_t>(g.out[2]), static_cast<std::size_t>(filters_),
   epilogue_->bias(epilogue), *epilogue_->slope(), epilogue_->scale(epilogue),
   epilogue_->shift(epilogue));
  return sums;
}

std::string WinogradRows::implementation() const {
  return precision_ == Precision::bf16 ? "Winograd rows, bf16" : "Winograd rows";
}

}  // namespace showergan::nn::kernel
#endif
