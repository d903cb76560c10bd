#include "nn/kernel/cell_stage.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/cell_stage.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <hwy/highway.h>

#include "nn/kernel/channel_pattern.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, lanes_multiple>;

template <class V>
HWY_INLINE V Rectify(V x, V slope) {
  return hn::IfThenElse(hn::Gt(x, hn::Zero(D())), x, hn::Mul(x, slope));
}

/// Results `first` to first + Vectors · lanes of Cells cells: their sums stay in registers.
template <int Cells, int Vectors>
HWY_INLINE void Tile(const CellStage& stage, std::int64_t first, const CellRow& image,
                     const CellRow& added, float* out, std::int64_t out_step) {
  const D d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  hn::Vec<D> sums[Cells][Vectors];
  for (int v = 0; v < Vectors; ++v) {
    const auto bias = hn::LoadU(d, stage.bias + first + v * lanes);
    for (int i = 0; i < Cells; ++i) sums[i][v] = bias;
  }
  const float* weights = stage.weights + first;
  for (std::int64_t c = 0; c < stage.channels; ++c, weights += stage.width) {
    hn::Vec<D> row[Vectors];
    for (int v = 0; v < Vectors; ++v) row[v] = hn::LoadU(d, weights + v * lanes);
    for (int i = 0; i < Cells; ++i) {
      const auto x = hn::Set(d, image.data[i * image.step + c]);
      for (int v = 0; v < Vectors; ++v) sums[i][v] = hn::MulAdd(x, row[v], sums[i][v]);
    }
  }
  const auto slope = hn::Set(d, stage.slope);
  const auto sum_slope = hn::Set(d, stage.sum_slope);
  for (int i = 0; i < Cells; ++i) {
    for (int v = 0; v < Vectors; ++v) {
      auto result = Rectify(sums[i][v], slope);
      if (stage.adds) {
        const auto more = hn::LoadU(d, added.data + i * added.step + first + v * lanes);
        result = Rectify(hn::Add(result, more), sum_slope);
      }
      hn::StoreU(result, d, out + i * out_step + first + v * lanes);
    }
  }
}

template <int Cells, int Vectors>
void Columns(const CellStage& stage, std::int64_t first, std::int64_t cells, CellRow image,
             CellRow added, float* out, std::int64_t out_step) {
  const auto advance = [&](std::int64_t by) {
    image.data += by * image.step;
    if (stage.adds) added.data += by * added.step;
    out += by * out_step;
  };
  std::int64_t i = 0;
  for (; i + Cells <= cells; i += Cells) {
    Tile<Cells, Vectors>(stage, first, image, added, out, out_step);
    advance(Cells);
  }
  for (; i < cells; ++i) {
    Tile<1, Vectors>(stage, first, image, added, out, out_step);
    advance(1);
  }
}

/// As many sums as the registers hold (32 vectors of 16 numbers, else 16 of them).
void RunCellStage(const CellStage& stage, std::int64_t cells, const CellRow& image,
                  const CellRow& added, float* out, std::int64_t out_step) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(D()));
  const std::int64_t vectors = stage.width / lanes;
  std::int64_t v = 0;
#if HWY_TARGET <= HWY_AVX3
  for (; v + 4 <= vectors; v += 4) {
    Columns<6, 4>(stage, v * lanes, cells, image, added, out, out_step);
  }
  for (; v + 2 <= vectors; v += 2) {
    Columns<8, 2>(stage, v * lanes, cells, image, added, out, out_step);
  }
  for (; v < vectors; ++v) Columns<12, 1>(stage, v * lanes, cells, image, added, out, out_step);
#else
  for (; v + 2 <= vectors; v += 2) {
    Columns<5, 2>(stage, v * lanes, cells, image, added, out, out_step);
  }
  for (; v < vectors; ++v) Columns<8, 1>(stage, v * lanes, cells, image, added, out, out_step);
#endif
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(RunCellStage);

void run_cell_stage(const CellStage& stage, std::int64_t cells, const CellRow& image,
                    const CellRow& added, float* out, std::int64_t out_step) {
  HWY_DYNAMIC_DISPATCH(RunCellStage)(stage, cells, image, added, out, out_step);
}

}  // namespace showergan::nn::kernel
#endif
