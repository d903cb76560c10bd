#pragma once

#include <map>
#include <string>
#include <vector>

#include "nn/cases.hpp"
#include "nn/reference/interpreter.hpp"

/// Shorthand for tests that run a case through the interpreter.
namespace showergan::nn::reference {

using DoubleTensors = std::map<std::string, std::vector<double>>;

inline DoubleTensors to_double(const Tensors& tensors) {
  DoubleTensors result;
  for (const auto& [name, values] : tensors) result[name].assign(values.begin(), values.end());
  return result;
}

/// What one forward and one backward pass compute.
struct Result {
  DoubleTensors outputs;
  DoubleTensors input_gradients;  ///< by the name of the input
  std::vector<double> parameter_gradients;
  std::vector<double> statistics;  ///< after the forward pass
};

/// Runs `graph` (the case's own or a rewritten one) on the case's numbers for `seed`.
inline Result run(const Graph& graph, const Case& c, const Options& options, std::uint64_t seed) {
  DoubleParameters parameters = to_double(random_parameters(c, seed));
  Interpreter interpreter(graph, c.batch, options);
  interpreter.forward(to_double(random_inputs(c, seed)), parameters);
  interpreter.backward(to_double(random_output_gradients(c, seed)), parameters);
  Result result;
  for (const Output& output : graph.outputs()) {
    result.outputs[output.name] = interpreter.output(output.name);
  }
  for (const NodeId id : graph.inputs()) {
    result.input_gradients[graph.node(id).name] = interpreter.gradient(id);
  }
  result.parameter_gradients = interpreter.parameter_gradients();
  result.statistics = parameters.statistics;
  return result;
}

/// An operator alone: input `x` → `op` → output `y`, without parameters.
inline std::vector<double> apply(Operation operation, Shape shape, std::vector<double> x,
                                 std::int64_t batch = 1, const Options& options = {}) {
  Graph graph;
  const NodeId input = graph.add("x", Input{std::move(shape)});
  graph.set_output("y", graph.add("op", std::move(operation), {input}));
  DoubleParameters parameters = to_double(initial_parameters(graph, 1));
  Interpreter interpreter(graph, batch, options);
  interpreter.forward({{"x", std::move(x)}}, parameters);
  return interpreter.output("y");
}

/// The same for a dense layer or convolution with these parameters, in the graph's order.
inline std::vector<double> apply_with(Operation operation, Shape shape, std::vector<double> x,
                                      std::vector<double> trainable, std::int64_t batch = 1) {
  Graph graph;
  const NodeId input = graph.add("x", Input{std::move(shape)});
  graph.set_output("y", graph.add("op", std::move(operation), {input}));
  DoubleParameters parameters{std::move(trainable), {}};
  Interpreter interpreter(graph, batch);
  interpreter.forward({{"x", std::move(x)}}, parameters);
  return interpreter.output("y");
}

}  // namespace showergan::nn::reference
