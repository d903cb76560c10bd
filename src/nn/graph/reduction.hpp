#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

enum class Reducer { sum, mean };

/// Sum or mean over some axes of a sample (never over the batch).
struct Reduction {
  static constexpr std::string_view type = "reduction";
  Reducer reducer = Reducer::sum;
  std::vector<std::int64_t> axes;
  bool keep_axes = false;  ///< whether reduced axes stay, with extent 1
};

Shape infer_shape(const Reduction& reduction, std::span<const Shape> inputs);

/// The result's shape with the reduced axes kept as extents of 1.
Shape reduced_shape(const Reduction& reduction, const Shape& from);

}  // namespace showergan::nn
