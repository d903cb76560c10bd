#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include "base/contract.hpp"

namespace showergan::nn::kernel {

/// A loop nest over N operands that share extents and have strides of their own (0 where an operand
/// is repeated). Axes are ordered for operand 0 and merged where all operands allow it, so that the
/// innermost row is long.
template <std::size_t N>
class StridedLoop {
 public:
  using Offsets = std::array<std::int64_t, N>;

  StridedLoop() = default;
  StridedLoop(const std::vector<std::int64_t>& extents,
              const std::array<std::vector<std::int64_t>, N>& strides) {
    std::vector<Axis> axes;
    for (std::size_t i = 0; i < extents.size(); ++i) {
      if (extents[i] == 1) continue;
      Axis axis{extents[i], {}};
      for (std::size_t k = 0; k < N; ++k) {
        SHOWERGAN_EXPECT(strides[k].size() == extents.size());
        axis.strides[k] = strides[k][i];
      }
      axes.push_back(axis);
    }
    std::stable_sort(axes.begin(), axes.end(), [](const Axis& a, const Axis& b) {
      return a.strides > b.strides;  // operand 0 first, then the others
    });
    for (const Axis& axis : axes) {
      if (!axes_.empty() && merges(axes_.back(), axis)) {
        axes_.back() = {axes_.back().extent * axis.extent, axis.strides};
      } else {
        axes_.push_back(axis);
      }
    }
    if (axes_.empty()) axes_.push_back({1, {}});
    SHOWERGAN_EXPECT(axes_.size() <= max_axes);
  }

  /// Calls row(offsets, length, steps): element i of operand k is at offsets[k] + i · steps[k].
  template <class Row>
  void for_each_row(Row&& row) const {
    const Axis& inner = axes_.back();
    const std::size_t outer_count = axes_.size() - 1;
    std::array<std::int64_t, max_axes> index{};
    Offsets offsets{};
    while (true) {
      row(offsets, inner.extent, inner.strides);
      std::size_t axis = outer_count;
      while (axis > 0) {
        --axis;
        const Axis& outer = axes_[axis];
        for (std::size_t k = 0; k < N; ++k) offsets[k] += outer.strides[k];
        if (++index[axis] < outer.extent) break;
        for (std::size_t k = 0; k < N; ++k) offsets[k] -= outer.extent * outer.strides[k];
        index[axis] = 0;
        if (axis == 0) return;
      }
      if (outer_count == 0) return;
    }
  }

 private:
  static constexpr std::size_t max_axes = 12;

  struct Axis {
    std::int64_t extent;
    Offsets strides;
  };

  static bool merges(const Axis& outer, const Axis& inner) {
    for (std::size_t k = 0; k < N; ++k) {
      if (outer.strides[k] != inner.strides[k] * inner.extent) return false;
    }
    return true;
  }

  std::vector<Axis> axes_;
};

}  // namespace showergan::nn::kernel
