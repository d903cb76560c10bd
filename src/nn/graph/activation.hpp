#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

enum class Function {
  linear,      ///< x
  relu,        ///< max(x, 0)
  leaky_relu,  ///< x for x > 0, alpha·x otherwise
  sigmoid,     ///< 1 / (1 + e^−x)
  tanh,
  atan,      ///< arc tangent, rad
  softplus,  ///< ln(1 + e^x)
  exp,
  log,
  power,  ///< x^alpha; 0 for x = 0 if alpha > 0; x must not be negative unless alpha is an integer
  clip,   ///< min(max(x, alpha), beta)
};

/// An element-wise function of one tensor. `alpha` and `beta` are described at Function.
struct Activation {
  static constexpr std::string_view type = "activation";
  Function function = Function::linear;
  double alpha = 0;
  double beta = 0;

  bool is_linear() const noexcept { return function == Function::linear; }
  /// Whether the derivative can be computed from the output alone, so that the function may be
  /// fused into the operator before it also in training (a leaky ReLU keeps the sign of its input).
  bool derivative_from_output() const noexcept;
  friend bool operator==(const Activation&, const Activation&) = default;
};

std::string_view name_of(Function function);
/// The function of that name; nothing if there is none.
std::optional<Function> function_named(std::string_view name);

/// f(x) and f'(x) in double precision; the one definition that everything else is tested against.
/// At a kink the derivative is that of the left side.
double evaluate(const Activation& activation, double x);
double derivative(const Activation& activation, double x);

Shape infer_shape(const Activation& activation, std::span<const Shape> inputs);

/// What a dense layer or a convolution applies to its result before storing it: an activation, then
/// (inference only) the normalisation of a following BatchNormalization by its moving statistics.
/// The passes in nn/lowering fill it; a freshly built graph has it empty.
struct Epilogue {
  Activation activation;
  bool normalize = false;
  double epsilon = 0;  ///< of the normalisation
  friend bool operator==(const Epilogue&, const Epilogue&) = default;
};

}  // namespace showergan::nn
