#include "nn/kernel/narrow_convolution.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/narrow_convolution.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <cstring>

#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/narrow_convolution_row.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/unfolding.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;

/// Sums that stay in registers: of 32 in AVX-512 5 × 5, of 16 elsewhere 2 × 5.
constexpr std::int64_t most_vectors = 5;
constexpr std::size_t most_cells = HWY_TARGET <= HWY_AVX3 ? 5 : 2;

/// `Cells` cells from `cell` on, `Vectors` vectors of filters from `filter` on.
template <std::size_t Cells, std::size_t Vectors>
HWY_INLINE void RunBlock(const NarrowRow& row, std::int64_t cell, std::int64_t filter) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  hn::VFromD<D> sums[Cells][Vectors];
  for (std::size_t v = 0; v < Vectors; ++v) {
    const auto bias = hn::LoadU(d, row.bias + filter + v * lanes);
    for (std::size_t c = 0; c < Cells; ++c) sums[c][v] = bias;
  }
  const std::int64_t stride = row.cell_bytes / static_cast<std::int64_t>(sizeof(float));
  for (const NarrowTap& tap : row.taps) {
    const float* in = reinterpret_cast<const float*>(tap.row) + cell * stride;
    const float* weights = reinterpret_cast<const float*>(tap.weights) + filter;
    for (std::int64_t step = 0; step < row.steps; ++step) {
      hn::VFromD<D> w[Vectors];
      for (std::size_t v = 0; v < Vectors; ++v) w[v] = hn::Load(d, weights + v * lanes);
      for (std::size_t c = 0; c < Cells; ++c) {
        const auto x = hn::Set(d, in[static_cast<std::int64_t>(c) * stride]);
        for (std::size_t v = 0; v < Vectors; ++v) sums[c][v] = hn::MulAdd(x, w[v], sums[c][v]);
      }
      ++in;
      weights += row.filters;
    }
  }
  const auto slope = hn::Set(d, row.slope);
  for (std::size_t v = 0; v < Vectors; ++v) {
    const auto scale = hn::LoadU(d, row.scale + filter + v * lanes);
    const auto shift = hn::LoadU(d, row.shift + filter + v * lanes);
    for (std::size_t c = 0; c < Cells; ++c) {
      const auto sum = sums[c][v];
      const auto bent = hn::IfThenElse(hn::Gt(sum, hn::Zero(d)), sum, hn::Mul(slope, sum));
      float* out = row.out + (cell + static_cast<std::int64_t>(c)) * row.filters + filter;
      hn::Store(hn::MulAdd(bent, scale, shift), d, out + v * lanes);
    }
  }
}

template <std::size_t Vectors>
void RunVectors(const NarrowRow& row, std::int64_t filter) {
  constexpr auto most = static_cast<std::int64_t>(most_cells);
  std::int64_t cell = 0;
  for (; cell + most <= row.cells; cell += most) RunBlock<most_cells, Vectors>(row, cell, filter);
  switch (row.cells - cell) {
    case 4:
      return RunBlock<4, Vectors>(row, cell, filter);
    case 3:
      return RunBlock<3, Vectors>(row, cell, filter);
    case 2:
      return RunBlock<2, Vectors>(row, cell, filter);
    case 1:
      return RunBlock<1, Vectors>(row, cell, filter);
    default:
      return;
  }
}

/// The filters in equal groups of at most `most_vectors` vectors: a small last one would wait for
/// its loads.
void RunRow(const NarrowRow& row) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(D()));
  const std::int64_t vectors = row.filters / lanes;
  const std::int64_t groups = (vectors + most_vectors - 1) / most_vectors;
  const std::int64_t group = (vectors + groups - 1) / groups;
  for (std::int64_t v = 0; v < vectors; v += group) {
    switch (std::min(group, vectors - v)) {
      case 5:
        RunVectors<5>(row, v * lanes);
        break;
      case 4:
        RunVectors<4>(row, v * lanes);
        break;
      case 3:
        RunVectors<3>(row, v * lanes);
        break;
      case 2:
        RunVectors<2>(row, v * lanes);
        break;
      default:
        RunVectors<1>(row, v * lanes);
    }
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(RunRow);

void run_narrow_row(const NarrowRow& row, Precision precision) {
  if (precision == Precision::bf16) return run_bf16_row(row);
  HWY_DYNAMIC_DISPATCH(RunRow)(row);
}

namespace {

constexpr std::int64_t vector_filters = 16;

}  // namespace

bool NarrowConvolution::fits(const ConvolutionGeometry& g, Precision precision,
                             const EpilogueKernel& epilogue) {
  const bool pairs = precision != Precision::bf16 || g.in_channels % 2 == 0;
  return precision != Precision::int8 && pairs && g.stride == Triple{1, 1, 1} &&
         Unfolding::pays(g, precision) && epilogue.slope().has_value();
}

NarrowConvolution::NarrowConvolution(const ConvolutionGeometry& geometry, Precision precision,
                                     const EpilogueKernel& epilogue)
    : geometry_(geometry),
      precision_(precision),
      epilogue_(&epilogue),
      padded_filters_((geometry.out_channels + vector_filters - 1) / vector_filters *
                      vector_filters) {
  SHOWERGAN_EXPECT(fits(geometry, precision, epilogue));
  SHOWERGAN_EXPECT(epilogue.width() == geometry.out_channels);
}

std::int64_t NarrowConvolution::row() const {
  const Padding& padding = geometry_.padding;
  return (padding.before[2] + geometry_.in[2] + padding.after[2]) * geometry_.in_channels;
}

std::int64_t NarrowConvolution::steps() const {
  const std::int64_t numbers = geometry_.kernel[2] * geometry_.in_channels;
  return precision_ == Precision::bf16 ? numbers / 2 : numbers;
}

std::size_t NarrowConvolution::weights_bytes() const {
  const std::int64_t taps = geometry_.kernel[0] * geometry_.kernel[1];
  return aligned(static_cast<std::size_t>(taps * steps() * padded_filters_) * sizeof(float));
}

void NarrowConvolution::prepare(const float* master, std::byte* prepared) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t taps = g.kernel[0] * g.kernel[1] * g.kernel[2];
  const std::int64_t numbers = g.kernel[2] * g.in_channels;
  std::fill_n(prepared, weights_bytes(), std::byte{0});
  for (std::int64_t f = 0; f < g.out_channels; ++f) {
    for (std::int64_t t = 0; t < g.kernel[0] * g.kernel[1]; ++t) {
      for (std::int64_t k = 0; k < numbers; ++k) {
        const std::int64_t z = k / g.in_channels;
        const std::int64_t c = k % g.in_channels;
        const float weight = master[(f * g.in_channels + c) * taps + t * g.kernel[2] + z];
        if (precision_ == Precision::f32) {
          reinterpret_cast<float*>(prepared)[(t * numbers + k) * padded_filters_ + f] = weight;
        } else {
          auto* halves = reinterpret_cast<std::uint16_t*>(prepared);
          to_bf16(&weight, halves + ((t * steps() + k / 2) * padded_filters_ + f) * 2 + k % 2, 1);
        }
      }
    }
  }
}

NarrowConvolution::Scratch NarrowConvolution::scratch() const {
  const ConvolutionGeometry& g = geometry_;
  const auto taps = static_cast<std::size_t>(g.kernel[0] * g.kernel[1]);
  Scratch at{};
  at.taps = aligned(static_cast<std::size_t>(g.in[0] * g.in[1] * row()) * number_bytes());
  at.results = at.taps + aligned(taps * sizeof(NarrowTap));
  at.total =
      at.results + aligned(static_cast<std::size_t>(g.out[2] * padded_filters_) * sizeof(float));
  return at;
}

std::size_t NarrowConvolution::scratch_bytes() const {
  return scratch().total;
}

void NarrowConvolution::pad_rows(const float* in, std::byte* padded) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t plain = g.in[2] * g.in_channels;
  const auto before = static_cast<std::size_t>(g.padding.before[2] * g.in_channels);
  const auto after = static_cast<std::size_t>(g.padding.after[2] * g.in_channels);
  const std::size_t size = number_bytes();
  for (std::int64_t r = 0; r < g.in[0] * g.in[1]; ++r, in += plain) {
    std::memset(padded, 0, before * size);
    padded += before * size;
    if (precision_ == Precision::bf16) {
      to_bf16(in, reinterpret_cast<std::uint16_t*>(padded), plain);
    } else {
      std::memcpy(padded, in, static_cast<std::size_t>(plain) * size);
    }
    padded += static_cast<std::size_t>(plain) * size;
    std::memset(padded, 0, after * size);
    padded += after * size;
  }
}

const float* NarrowConvolution::run_row(std::int64_t x, std::int64_t y, const std::byte* weights,
                                        const std::byte* epilogue, std::byte* memory) const {
  const ConvolutionGeometry& g = geometry_;
  const Scratch at = scratch();
  auto* taps = reinterpret_cast<NarrowTap*>(memory + at.taps);
  std::size_t count = 0;
  const std::byte* weight = weights;
  for (std::int64_t i = 0; i < g.kernel[0]; ++i) {
    const std::int64_t in_x = x - g.padding.before[0] + i;
    for (std::int64_t j = 0; j < g.kernel[1]; ++j) {
      const std::int64_t in_y = y - g.padding.before[1] + j;
      if (in_x >= 0 && in_x < g.in[0] && in_y >= 0 && in_y < g.in[1]) {
        const auto place = static_cast<std::size_t>((in_x * g.in[1] + in_y) * row());
        taps[count++] = {memory + place * number_bytes(), weight};
      }
      weight += steps() * padded_filters_ * 4;
    }
  }
  auto* results = reinterpret_cast<float*>(memory + at.results);
  NarrowRow job{};
  job.taps = {taps, count};
  job.steps = steps();
  job.filters = padded_filters_;
  job.cell_bytes = g.in_channels * static_cast<std::int64_t>(number_bytes());
  job.cells = g.out[2];
  // The epilogue's numbers are read in whole vectors. What is read beyond their end are the
  // epilogue's next ones (behind the shift come zeros), and goes to filters that are none.
  job.bias = epilogue_->bias(epilogue);
  job.scale = epilogue_->scale(epilogue);
  job.shift = epilogue_->shift(epilogue);
  job.slope = *epilogue_->slope();
  job.out = results;
  run_narrow_row(job, precision_);
  return results;
}

std::string NarrowConvolution::implementation() const {
  return precision_ == Precision::bf16 ? "rows, bf16" : "rows";
}

}  // namespace showergan::nn::kernel
#endif
