#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace showergan::layers {

/// The layers of some showers, and their conditions.
struct LayerSample {
  std::vector<float> codes;       ///< (n, LayerCode::size())
  std::vector<float> conditions;  ///< (n, conditions of the model)

  /// Makes place for one more shower of so many numbers; gives its code.
  std::span<float> add(std::int64_t code_size, std::span<const float> condition) {
    conditions.insert(conditions.end(), condition.begin(), condition.end());
    codes.resize(codes.size() + static_cast<std::size_t>(code_size));
    return std::span(codes).last(static_cast<std::size_t>(code_size));
  }
};

/// The numbers of `count` samples from `first` on.
inline std::vector<std::int64_t> sample_numbers(std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), first);
  return result;
}

}  // namespace showergan::layers
