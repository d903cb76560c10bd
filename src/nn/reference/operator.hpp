#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/graph/operation.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::nn::reference {

/// A tensor that an operator reads, (batch, shape) in row-major order.
struct Tensor {
  const Shape& shape;
  std::span<const double> values;
};

/// What the forward pass of one node gets.
struct ForwardCall {
  std::int64_t batch;
  const Options& options;
  std::vector<Tensor> inputs;
  /// By role, in the order of parameter_specs(). Only statistics may be changed.
  std::vector<std::span<double>> parameters;
  /// The caller's numbers of an Input node, empty for everything else.
  std::span<const double> fed;
  const Shape& output_shape;
  std::span<double> output;  ///< all 0 at the beginning
};

/// What the backward pass of one node gets: the operands of the forward pass again, and gradients.
/// Every gradient is added to what is there already, for tensors with several uses.
struct BackwardCall {
  std::int64_t batch;
  const Options& options;
  std::vector<Tensor> inputs;
  std::vector<std::span<const double>> parameters;
  Tensor output;
  std::span<const double> output_gradient;
  std::vector<std::span<double>> input_gradients;
  /// By role; empty for statistics.
  std::vector<std::span<double>> parameter_gradients;
};

/// One pair for each operator, in the file of its name: without it the interpreter does not
/// compile.
void forward(const Input&, const ForwardCall&);
void backward(const Input&, const BackwardCall&);
void forward(const Constant&, const ForwardCall&);
void backward(const Constant&, const BackwardCall&);
void forward(const Activation&, const ForwardCall&);
void backward(const Activation&, const BackwardCall&);
void forward(const Arithmetic&, const ForwardCall&);
void backward(const Arithmetic&, const BackwardCall&);
void forward(const AveragePooling&, const ForwardCall&);
void backward(const AveragePooling&, const BackwardCall&);
void forward(const BatchNormalization&, const ForwardCall&);
void backward(const BatchNormalization&, const BackwardCall&);
void forward(const CellChain&, const ForwardCall&);
void backward(const CellChain&, const BackwardCall&);
void forward(const Concatenate&, const ForwardCall&);
void backward(const Concatenate&, const BackwardCall&);
void forward(const Conv3d&, const ForwardCall&);
void backward(const Conv3d&, const BackwardCall&);
void forward(const Conv3dTranspose&, const ForwardCall&);
void backward(const Conv3dTranspose&, const BackwardCall&);
void forward(const Cropping&, const ForwardCall&);
void backward(const Cropping&, const BackwardCall&);
void forward(const Dense&, const ForwardCall&);
void backward(const Dense&, const BackwardCall&);
void forward(const DepthToSpace&, const ForwardCall&);
void backward(const DepthToSpace&, const BackwardCall&);
void forward(const Dropout&, const ForwardCall&);
void backward(const Dropout&, const BackwardCall&);
void forward(const Permute&, const ForwardCall&);
void backward(const Permute&, const BackwardCall&);
void forward(const Reduction&, const ForwardCall&);
void backward(const Reduction&, const BackwardCall&);
void forward(const Reshape&, const ForwardCall&);
void backward(const Reshape&, const BackwardCall&);
void forward(const RowProgram&, const ForwardCall&);
void backward(const RowProgram&, const BackwardCall&);
void forward(const Slice&, const ForwardCall&);
void backward(const Slice&, const BackwardCall&);
void forward(const Softmax&, const ForwardCall&);
void backward(const Softmax&, const BackwardCall&);
void forward(const Upsampling&, const ForwardCall&);
void backward(const Upsampling&, const BackwardCall&);
void forward(const Where&, const ForwardCall&);
void backward(const Where&, const BackwardCall&);
void forward(const ZeroPadding&, const ForwardCall&);
void backward(const ZeroPadding&, const BackwardCall&);

}  // namespace showergan::nn::reference
