#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "nn/graph/operation.hpp"
#include "nn/graph/shape_error.hpp"

/// Shorthand for tests of shape inference.
namespace showergan::nn {

template <class Op>
Shape shape_of(const Op& operation, const std::vector<Shape>& inputs) {
  return infer_shape(operation, inputs);
}

/// The message of the ShapeError that these inputs cause.
template <class Op>
std::string error_of(const Op& operation, const std::vector<Shape>& inputs) {
  try {
    return "no error, but " + to_string(infer_shape(operation, inputs));
  } catch (const ShapeError& error) {
    return error.what();
  }
}

}  // namespace showergan::nn
