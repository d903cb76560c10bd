#include <cmath>
#include <limits>

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

using nn::Activation;
using nn::Function;

void write(const Activation& activation, NodeWriter& writer) {
  const std::string& x = writer.input().name;
  switch (activation.function) {
    case Function::linear:
      writer.emit("Identity", {x});
      return;
    case Function::relu:
      writer.emit("Relu", {x});
      return;
    case Function::leaky_relu:
      writer.emit("LeakyRelu", {x}).set("alpha", activation.alpha);
      return;
    case Function::sigmoid:
      writer.emit("Sigmoid", {x});
      return;
    case Function::tanh:
      writer.emit("Tanh", {x});
      return;
    case Function::atan:
      writer.emit("Atan", {x});
      return;
    case Function::softplus:
      writer.emit("Softplus", {x});
      return;
    case Function::exp:
      writer.emit("Exp", {x});
      return;
    case Function::log:
      writer.emit("Log", {x});
      return;
    case Function::power:
      writer.emit("Pow", {x, writer.scalar("exponent", static_cast<float>(activation.alpha))});
      return;
    case Function::clip: {
      const auto bound = [&](const char* suffix, double value) {
        return std::isinf(value) ? std::string() : writer.scalar(suffix, static_cast<float>(value));
      };
      const std::string low = bound("low", activation.alpha);
      const std::string high = bound("high", activation.beta);
      if (high.empty()) {
        writer.emit("Clip", {x, low});
      } else {
        writer.emit("Clip", {x, low, high});
      }
      return;
    }
  }
}

namespace {

Activation activation_of(NodeReader& reader) {
  static const std::map<std::string, Function> plain{
      {"Relu", Function::relu}, {"Sigmoid", Function::sigmoid},   {"Tanh", Function::tanh},
      {"Atan", Function::atan}, {"Softplus", Function::softplus}, {"Exp", Function::exp},
      {"Log", Function::log}};
  if (const auto found = plain.find(reader.op_type()); found != plain.end()) {
    return {found->second, 0, 0};
  }
  if (reader.op_type() == "LeakyRelu") {
    return {Function::leaky_relu, reader.number("alpha", 0.01), 0};
  }
  if (reader.op_type() == "Pow") return {Function::power, reader.number(1), 0};
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double low = reader.has(1) ? reader.number(1) : -infinity;
  const double high = reader.has(2) ? reader.number(2) : infinity;
  if (!(low <= high)) throw reader.error("the lower bound is not below the upper one");
  return {Function::clip, low, high};
}

}  // namespace

void read_activation(NodeReader& reader) {
  const nn::Shape dims = reader.dims();
  const nn::NodeId input = reader.node();
  const nn::NodeId node = reader.add(activation_of(reader), {input});
  reader.set_result(node, reader.input(0).is_constant() ? reader.graph().node(node).shape : dims);
}

}  // namespace showergan::onnx_file
