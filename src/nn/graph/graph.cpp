#include "nn/graph/graph.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "base/random.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::nn {
namespace {

template <class Op>
concept HasParameters = requires(const Op& op, std::span<const Shape> inputs) {
  { parameters(op, inputs) } -> std::same_as<std::vector<ParameterSpec>>;
};

template <class Op>
concept HasMultiplyAdds = requires(const Op& op, std::span<const Shape> inputs, const Shape& out) {
  { multiply_adds(op, inputs, out) } -> std::same_as<std::int64_t>;
};

Shape checked_shape(const std::string& name, const Operation& operation,
                    std::span<const Shape> inputs) {
  try {
    return std::visit([&](const auto& op) { return infer_shape(op, inputs); }, operation);
  } catch (const ShapeError& error) {
    throw ShapeError(fmt::format("layer '{}': {}", name, error.what()));
  }
}

}  // namespace

std::vector<ParameterSpec> parameter_specs(const Operation& operation,
                                           std::span<const Shape> inputs) {
  return std::visit(
      [&](const auto& op) -> std::vector<ParameterSpec> {
        if constexpr (HasParameters<std::decay_t<decltype(op)>>) {
          return parameters(op, inputs);
        } else {
          return {};
        }
      },
      operation);
}

std::vector<Shape> Graph::input_shapes(std::span<const NodeId> inputs) const {
  std::vector<Shape> shapes;
  for (const NodeId id : inputs) {
    SHOWERGAN_EXPECT(id >= 0 && static_cast<std::size_t>(id) < nodes_.size());
    shapes.push_back(node(id).shape);
  }
  return shapes;
}

NodeId Graph::append(Node node) {
  if (find(node.name)) {
    throw ShapeError(fmt::format("two layers are named '{}'", node.name), {},
                     "give each layer a name of its own");
  }
  nodes_.push_back(std::move(node));
  return static_cast<NodeId>(nodes_.size() - 1);
}

NodeId Graph::add(std::string name, Operation operation, std::vector<NodeId> inputs) {
  const std::vector<Shape> shapes = input_shapes(inputs);
  Node node;
  node.shape = checked_shape(name, operation, shapes);
  if (auto* dropout = std::get_if<Dropout>(&operation)) {
    dropout->stream =
        static_cast<std::uint32_t>(std::count_if(nodes_.begin(), nodes_.end(), [](const Node& n) {
          return std::holds_alternative<Dropout>(n.operation);
        }));
  }
  std::vector<ParameterSpec> specs = parameter_specs(operation, shapes);
  node.name = std::move(name);
  node.operation = std::move(operation);
  node.inputs = std::move(inputs);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    node.parameters.push_back(static_cast<std::int32_t>(parameters_.size() + i));
  }
  const NodeId id = append(std::move(node));
  for (ParameterSpec& spec : specs) {
    Parameter parameter;
    static_cast<ParameterSpec&>(parameter) = std::move(spec);
    parameter.name = nodes_[static_cast<std::size_t>(id)].name + "/" + parameter.role;
    std::int64_t& count = parameter.trainable ? trainable_count_ : statistics_count_;
    parameter.offset = count;
    count += element_count(parameter.shape);
    parameters_.push_back(std::move(parameter));
  }
  return id;
}

NodeId Graph::add_with_parameters(std::string name, Operation operation, std::vector<NodeId> inputs,
                                  std::vector<std::int32_t> parameters) {
  const std::vector<Shape> shapes = input_shapes(inputs);
  Node node;
  node.shape = checked_shape(name, operation, shapes);
  const std::vector<ParameterSpec> specs = parameter_specs(operation, shapes);
  SHOWERGAN_EXPECT(specs.size() == parameters.size());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    SHOWERGAN_EXPECT(specs[i].shape == parameters_[static_cast<std::size_t>(parameters[i])].shape);
  }
  node.name = std::move(name);
  node.operation = std::move(operation);
  node.inputs = std::move(inputs);
  node.parameters = std::move(parameters);
  return append(std::move(node));
}

void Graph::set_output(std::string name, NodeId node) {
  SHOWERGAN_EXPECT(node >= 0 && static_cast<std::size_t>(node) < nodes_.size());
  outputs_.push_back({std::move(name), node});
}

Graph Graph::same_parameters() const {
  Graph graph;
  graph.parameters_ = parameters_;
  graph.trainable_count_ = trainable_count_;
  graph.statistics_count_ = statistics_count_;
  return graph;
}

std::optional<NodeId> Graph::find(std::string_view name) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].name == name) return static_cast<NodeId>(i);
  }
  return std::nullopt;
}

std::vector<NodeId> Graph::inputs() const {
  std::vector<NodeId> found;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (std::holds_alternative<Input>(nodes_[i].operation)) found.push_back(static_cast<NodeId>(i));
  }
  return found;
}

std::vector<int> Graph::use_counts() const {
  std::vector<int> counts(nodes_.size(), 0);
  for (const Node& node : nodes_) {
    for (const NodeId input : node.inputs) ++counts[static_cast<std::size_t>(input)];
  }
  for (const Output& output : outputs_) ++counts[static_cast<std::size_t>(output.node)];
  return counts;
}

std::int64_t Graph::multiply_adds() const {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) total += multiply_adds(static_cast<NodeId>(i));
  return total;
}

std::int64_t Graph::multiply_adds(NodeId id) const {
  const Node& node = this->node(id);
  const std::vector<Shape> shapes = input_shapes(node.inputs);
  return std::visit(
      [&](const auto& op) -> std::int64_t {
        if constexpr (HasMultiplyAdds<std::decay_t<decltype(op)>>) {
          return nn::multiply_adds(op, std::span<const Shape>(shapes), node.shape);
        } else {
          return 0;
        }
      },
      node.operation);
}

std::span<float> Parameters::of(const Parameter& parameter) {
  std::vector<float>& buffer = parameter.trainable ? trainable : statistics;
  return std::span(buffer).subspan(static_cast<std::size_t>(parameter.offset),
                                   static_cast<std::size_t>(element_count(parameter.shape)));
}

std::span<const float> Parameters::of(const Parameter& parameter) const {
  const std::vector<float>& buffer = parameter.trainable ? trainable : statistics;
  return std::span(buffer).subspan(static_cast<std::size_t>(parameter.offset),
                                   static_cast<std::size_t>(element_count(parameter.shape)));
}

namespace {

void fill_uniform(std::span<float> values, const CounterRandom& random, double limit) {
  random.fill_uniform(0, values);
  for (float& value : values)
    value = static_cast<float>((2.0 * static_cast<double>(value) - 1.0) * limit);
}

/// Normal numbers of standard deviation `sigma` before the cut at two of them: each value takes the
/// first of a sequence of draws that is inside, so none depends on its neighbours.
void fill_truncated_normal(std::span<float> values, const CounterRandom& random, double sigma) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    float draws[32];
    random.fill_normal(i, draws);
    const auto* inside =
        std::find_if(std::begin(draws), std::end(draws), [](float x) { return std::abs(x) < 2; });
    values[i] =
        inside == std::end(draws) ? 0.0f : static_cast<float>(sigma * static_cast<double>(*inside));
  }
}

}  // namespace

Parameters initial_parameters(const Graph& graph, std::uint64_t seed) {
  Parameters result;
  result.trainable.resize(static_cast<std::size_t>(graph.trainable_count()));
  result.statistics.resize(static_cast<std::size_t>(graph.statistics_count()));
  for (std::size_t i = 0; i < graph.parameters().size(); ++i) {
    const Parameter& parameter = graph.parameters()[i];
    const std::span<float> values = result.of(parameter);
    const CounterRandom random(seed, RandomPurpose::initial, static_cast<std::uint32_t>(i));
    const auto fan_in = static_cast<double>(parameter.fan_in);
    const auto fans = static_cast<double>(parameter.fan_in + parameter.fan_out);
    switch (parameter.initializer) {
      case Initializer::zeros:
        std::fill(values.begin(), values.end(), 0.0f);
        break;
      case Initializer::ones:
        std::fill(values.begin(), values.end(), 1.0f);
        break;
      case Initializer::glorot_uniform:
        fill_uniform(values, random, std::sqrt(6.0 / fans));
        break;
      case Initializer::glorot_normal:
        // Keras divides by the standard deviation of a unit normal cut at two sigma.
        fill_truncated_normal(values, random, std::sqrt(2.0 / fans) / 0.87962566103423978);
        break;
      case Initializer::he_uniform:
        fill_uniform(values, random, std::sqrt(6.0 / fan_in));
        break;
    }
  }
  return result;
}

}  // namespace showergan::nn
