#pragma once

#include <span>
#include <string_view>

#include "showergan/error.hpp"

#include "nn/graph/shape.hpp"

namespace showergan::nn {

/// Shapes that do not fit an operator. The message names what the operator wants and what it got;
/// Graph::add puts the layer's name before it, and the reader of a definition file and line.
class ShapeError : public InputError {
 public:
  using InputError::InputError;
};

/// Throws ShapeError unless `inputs` holds `count` shapes.
void expect_inputs(std::string_view type, std::span<const Shape> inputs, std::size_t count);

/// Throws ShapeError unless `shape` is an image: channels, x, y, z.
void expect_image(std::string_view type, const Shape& shape);

/// Throws ShapeError unless every extent of `result` is positive; `from` is what it was made of.
void expect_positive(std::string_view type, const Shape& result, const Shape& from);

}  // namespace showergan::nn
