#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/activation.hpp"
#include "nn/graph/parameter.hpp"

namespace showergan::nn {

enum class RowFunction {
  add,
  subtract,
  multiply,
  divide,
  choose,   ///< b where a > 0, c elsewhere
  function  ///< Activation of a
};

/// A row that a program reads: of an input, the same number everywhere, or the result of an earlier
/// step.
struct RowValue {
  enum class Kind { input, number, step };
  Kind kind = Kind::input;
  std::int32_t index = 0;  ///< among all rows of all inputs, the numbers, or the steps
  friend bool operator==(const RowValue&, const RowValue&) = default;
};

struct RowStep {
  RowFunction function = RowFunction::add;
  std::array<RowValue, 3> from{};  ///< a, b, c
  Activation activation{};

  /// How many of `from` it reads.
  std::size_t operands() const noexcept {
    if (function == RowFunction::function) return 1;
    return function == RowFunction::choose ? 3 : 2;
  }
};

/// Many element-wise operators in one: tensors are seen as rows of equally many columns, (rows,
/// columns) or (rows, x, y, z), and all steps are done for some hundred columns before the next, so
/// that what lies between them never leaves the processor. A pass makes it from the operators of a
/// network (nn/lowering/row_fusion.cpp); no file holds one.
struct RowProgram {
  static constexpr std::string_view type = "row_program";
  std::vector<std::int64_t> rows;  ///< of each input
  std::vector<float> numbers;
  std::vector<RowStep> steps;
  std::vector<RowValue> results;  ///< rows of the result
  Shape shape;                    ///< of the result
};

/// Columns of each row of a tensor that has so many rows.
std::int64_t column_count(const Shape& shape, std::int64_t rows);

Shape infer_shape(const RowProgram& program, std::span<const Shape> inputs);

}  // namespace showergan::nn
