#include "nn/kernel/row_product.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/row_product.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <cstring>

#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/precision.hpp"
#include "nn/kernel/row_product_tile.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;

/// `Rows` rows of `Vectors` vectors, from a row of the tile and a column of the panel on.
template <std::size_t Rows, std::size_t Vectors>
HWY_INLINE void RunColumns(const RowTile& tile, std::size_t row, std::size_t column) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  hn::VFromD<D> sums[Rows][Vectors];
  for (std::size_t v = 0; v < Vectors; ++v) {
    const auto start = hn::LoadU(d, tile.start + column + v * lanes);
    for (std::size_t r = 0; r < Rows; ++r) sums[r][v] = start;
  }
  const auto* HWY_RESTRICT in = reinterpret_cast<const float*>(tile.in) + row;
  const float* HWY_RESTRICT panel = reinterpret_cast<const float*>(tile.panel) + column;
  for (std::int64_t step = 0; step < tile.steps; ++step) {
    hn::VFromD<D> weights[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) weights[v] = hn::Load(d, panel + v * lanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const auto x = hn::Set(d, in[r]);
      for (std::size_t v = 0; v < Vectors; ++v) {
        sums[r][v] = hn::MulAdd(x, weights[v], sums[r][v]);
      }
    }
    in += tile.rows;
    panel += panel_columns;
  }
  const auto slope = hn::Set(d, tile.slope);
  for (std::size_t v = 0; v < Vectors; ++v) {
    const auto scale = hn::LoadU(d, tile.scale + column + v * lanes);
    const auto shift = hn::LoadU(d, tile.shift + column + v * lanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const auto sum = sums[r][v];
      const auto bent = hn::IfThenElse(hn::Gt(sum, hn::Zero(d)), sum, hn::Mul(slope, sum));
      float* out =
          tile.out + static_cast<std::int64_t>(row + r) * tile.out_stride + column + v * lanes;
      hn::StoreU(hn::MulAdd(bent, scale, shift), d, out);
    }
  }
}

/// As many rows at a time as registers hold: with 32 of them twelve, with 16 four.
template <std::size_t Rows>
HWY_INLINE void RunRows(const RowTile& tile) {
  constexpr std::size_t at_a_time = HWY_TARGET <= HWY_AVX3 ? Rows : std::min<std::size_t>(Rows, 4);
  for (std::size_t column = 0; column < panel_columns; column += 2 * hn::Lanes(D())) {
    for (std::size_t row = 0; row < Rows; row += at_a_time) {
      RunColumns<at_a_time, 2>(tile, row, column);
    }
  }
}

void RunTile(const RowTile& tile) {
  switch (tile.rows) {
    case 12:
      return RunRows<12>(tile);
    case 8:
      return RunRows<8>(tile);
    case 4:
      return RunRows<4>(tile);
    case 2:
      return RunRows<2>(tile);
    default:
      return RunRows<1>(tile);
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(RunTile);

namespace {

/// The rows of the next tile if so many are left.
std::int64_t rows_of_tile(std::int64_t left) {
  for (const std::int64_t rows : {tile_rows, std::int64_t{8}, std::int64_t{4}, std::int64_t{2}}) {
    if (left >= rows) return rows;
  }
  return 1;
}

}  // namespace

RowProduct::RowProduct(std::int64_t inputs, std::int64_t outputs, Precision precision)
    : inputs_(inputs), outputs_(outputs), precision_(precision) {
  SHOWERGAN_EXPECT(precision == Precision::f32 ||
                   (precision == Precision::bf16 && has_instructions(precision)));
}

std::int64_t RowProduct::padded_outputs() const {
  return (outputs_ + panel_columns - 1) / panel_columns * panel_columns;
}

std::int64_t RowProduct::steps() const {
  return precision_ == Precision::bf16 ? (inputs_ + 1) / 2 : inputs_;
}

std::size_t RowProduct::weights_bytes() const {
  return static_cast<std::size_t>(steps() * padded_outputs()) * sizeof(float);
}

std::size_t RowProduct::prepared_bytes() const {
  return weights_bytes() + 3 * static_cast<std::size_t>(padded_outputs()) * sizeof(float);
}

float* RowProduct::start(std::byte* prepared) const {
  return reinterpret_cast<float*>(prepared + weights_bytes());
}

void RowProduct::clear(std::byte* prepared) const {
  // Where rows fill the matrix, it is left to them: threads that set rows touch its pages first.
  const bool filled =
      padded_outputs() == outputs_ && (precision_ == Precision::f32 || inputs_ % 2 == 0);
  if (!filled) std::fill_n(prepared, weights_bytes(), std::byte{0});
  std::fill_n(start(prepared), 3 * padded_outputs(), 0.0f);
  std::fill_n(scale(prepared), padded_outputs(), 1.0f);
}

void RowProduct::set_row(std::int64_t k, const float* row, std::byte* prepared) const {
  const bool pairs = precision_ == Precision::bf16;
  const std::int64_t step = pairs ? k / 2 : k;
  for (std::int64_t first = 0; first < outputs_; first += panel_columns) {
    const std::int64_t count = std::min(panel_columns, outputs_ - first);
    std::byte* to = prepared + (first * steps() + step * panel_columns) *
                                   static_cast<std::int64_t>(sizeof(float));
    if (!pairs) {
      std::memcpy(to, row + first, static_cast<std::size_t>(count) * sizeof(float));
      continue;
    }
    std::uint16_t numbers[panel_columns];
    to_bf16(row + first, numbers, count);
    auto* halves = reinterpret_cast<std::uint16_t*>(to) + k % 2;
    for (std::int64_t c = 0; c < count; ++c) halves[2 * c] = numbers[c];
  }
}

std::size_t RowProduct::scratch_bytes(std::int64_t rows) const {
  // The rows tile by tile, a tile of the last panel where it is not full, and in bf16 a row.
  const std::int64_t numbers =
      rows * steps() + tile_rows * panel_columns + (inputs_ + 1) / 2 + 2 * panel_columns;
  return aligned(static_cast<std::size_t>(numbers) * sizeof(float));
}

void RowProduct::run(const float* in, std::int64_t rows, const std::byte* prepared, float slope,
                     float* out, std::byte* scratch) const {
  const std::int64_t steps = this->steps();
  auto* packed = reinterpret_cast<std::uint32_t*>(scratch);
  auto* last_panel = reinterpret_cast<float*>(packed + rows * steps);
  auto* pairs = reinterpret_cast<std::uint16_t*>(last_panel + tile_rows * panel_columns);
  std::uint32_t* tile_at = packed;
  for (std::int64_t first = 0, count = 0; first < rows; first += count) {
    count = rows_of_tile(rows - first);
    for (std::int64_t r = 0; r < count; ++r) {
      const void* row = in + (first + r) * inputs_;
      if (precision_ == Precision::bf16) {
        to_bf16(in + (first + r) * inputs_, pairs, inputs_);
        if (inputs_ % 2 != 0) pairs[inputs_] = 0;
        row = pairs;
      }
      for (std::int64_t step = 0; step < steps; ++step) {
        std::memcpy(tile_at + step * count + r, static_cast<const std::uint32_t*>(row) + step, 4);
      }
    }
    tile_at += count * steps;
  }
  const auto* starts = reinterpret_cast<const float*>(prepared + weights_bytes());
  for (std::int64_t column = 0; column < outputs_; column += panel_columns) {
    const std::int64_t columns = std::min(panel_columns, outputs_ - column);
    const bool whole = columns == panel_columns;
    RowTile tile{};
    tile.panel = prepared + column * steps * static_cast<std::int64_t>(sizeof(float));
    tile.start = starts + column;
    tile.scale = tile.start + padded_outputs();
    tile.shift = tile.scale + padded_outputs();
    tile.slope = slope;
    tile.steps = steps;
    tile.out_stride = whole ? outputs_ : panel_columns;
    tile.in = packed;
    for (std::int64_t first = 0; first < rows; first += tile.rows) {
      tile.rows = rows_of_tile(rows - first);
      tile.out = whole ? out + first * outputs_ + column : last_panel;
      if (precision_ == Precision::bf16) {
        run_bf16_tile(tile);
      } else {
        HWY_DYNAMIC_DISPATCH(RunTile)(tile);
      }
      for (std::int64_t r = 0; !whole && r < tile.rows; ++r) {
        std::copy_n(last_panel + r * panel_columns, columns, out + (first + r) * outputs_ + column);
      }
      tile.in += tile.rows * steps;
    }
  }
}

std::string RowProduct::implementation() const {
  return precision_ == Precision::bf16 ? "rows by panels, bf16" : "rows by panels";
}

}  // namespace showergan::nn::kernel
#endif
