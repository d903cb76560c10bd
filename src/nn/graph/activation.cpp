#include "nn/graph/activation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {
namespace {

constexpr std::array<std::pair<Function, std::string_view>, 11> names{{
    {Function::linear, "linear"},
    {Function::relu, "relu"},
    {Function::leaky_relu, "leaky_relu"},
    {Function::sigmoid, "sigmoid"},
    {Function::tanh, "tanh"},
    {Function::atan, "atan"},
    {Function::softplus, "softplus"},
    {Function::exp, "exp"},
    {Function::log, "log"},
    {Function::power, "power"},
    {Function::clip, "clip"},
}};

double sigmoid(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

}  // namespace

bool Activation::derivative_from_output() const noexcept {
  switch (function) {
    case Function::linear:
    case Function::relu:
    case Function::sigmoid:
    case Function::tanh:
    case Function::softplus:
    case Function::exp:
      return true;
    case Function::leaky_relu:
      return alpha > 0;
    case Function::atan:
    case Function::log:
    case Function::power:
    case Function::clip:
      return false;
  }
  return false;
}

std::string_view name_of(Function function) {
  for (const auto& [candidate, name] : names) {
    if (candidate == function) return name;
  }
  return "unknown";
}

std::optional<Function> function_named(std::string_view name) {
  for (const auto& [function, candidate] : names) {
    if (candidate == name) return function;
  }
  return std::nullopt;
}

double evaluate(const Activation& activation, double x) {
  switch (activation.function) {
    case Function::linear:
      return x;
    case Function::relu:
      return x > 0 ? x : 0;
    case Function::leaky_relu:
      return x > 0 ? x : activation.alpha * x;
    case Function::sigmoid:
      return sigmoid(x);
    case Function::tanh:
      return std::tanh(x);
    case Function::atan:
      return std::atan(x);
    case Function::softplus:
      return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
    case Function::exp:
      return std::exp(x);
    case Function::log:
      return std::log(x);
    case Function::power:
      return std::pow(x, activation.alpha);
    case Function::clip:
      return std::min(std::max(x, activation.alpha), activation.beta);
  }
  return x;
}

double derivative(const Activation& activation, double x) {
  switch (activation.function) {
    case Function::linear:
      return 1;
    case Function::relu:
      return x > 0 ? 1 : 0;
    case Function::leaky_relu:
      return x > 0 ? 1 : activation.alpha;
    case Function::sigmoid:
      return sigmoid(x) * (1 - sigmoid(x));
    case Function::tanh:
      return 1 - std::tanh(x) * std::tanh(x);
    case Function::atan:
      return 1 / (1 + x * x);
    case Function::softplus:
      return sigmoid(x);
    case Function::exp:
      return std::exp(x);
    case Function::log:
      return 1 / x;
    case Function::power:
      // A power below 1 has no finite slope at 0; empty cells must not poison a whole gradient.
      if (x == 0 && activation.alpha < 1) return 0;
      return activation.alpha * std::pow(x, activation.alpha - 1);
    case Function::clip:
      return x > activation.alpha && x <= activation.beta ? 1 : 0;
  }
  return 1;
}

Shape infer_shape(const Activation& activation, std::span<const Shape> inputs) {
  expect_inputs(name_of(activation.function), inputs, 1);
  return inputs[0];
}

}  // namespace showergan::nn
