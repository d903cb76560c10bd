#include "nn/graph/row_program.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

std::int64_t column_count(const Shape& shape, std::int64_t rows) {
  return element_count(shape) / rows;
}

Shape infer_shape(const RowProgram& program, std::span<const Shape> inputs) {
  expect_inputs(RowProgram::type, inputs, program.rows.size());
  const std::int64_t columns =
      column_count(program.shape, static_cast<std::int64_t>(program.results.size()));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (element_count(inputs[i]) != program.rows[i] * columns) {
      throw ShapeError("row_program needs inputs with the columns of its result");
    }
  }
  return program.shape;
}

}  // namespace showergan::nn
