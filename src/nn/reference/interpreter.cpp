#include "nn/reference/interpreter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

using Named = std::map<std::string, std::vector<double>>;

std::size_t place(NodeId id) {
  return static_cast<std::size_t>(id);
}

/// The part of a buffer that holds one parameter.
template <class Buffer>
auto part(Buffer& buffer, const Parameter& parameter) {
  return std::span(buffer).subspan(static_cast<std::size_t>(parameter.offset),
                                   static_cast<std::size_t>(element_count(parameter.shape)));
}

/// Calls use(parameter) for each parameter of a node, by role.
template <class Use>
void for_each_parameter(const Graph& graph, const Node& node, Use&& use) {
  for (const std::int32_t id : node.parameters) {
    use(graph.parameters()[static_cast<std::size_t>(id)]);
  }
}

void check_size(std::string_view what, const std::string& name, std::size_t given,
                std::size_t wanted) {
  if (given == wanted) return;
  throw InputError(fmt::format("{} '{}' has {} numbers, not {}", what, name, given, wanted));
}

/// Throws unless every name is that of an Input.
void check_names(const Graph& graph, const Named& inputs) {
  for (const auto& [name, values] : inputs) {
    const std::optional<NodeId> id = graph.find(name);
    if (!id || !std::holds_alternative<Input>(graph.node(*id).operation)) {
      throw InputError(fmt::format("the network has no input '{}'", name));
    }
  }
}

NodeId output_node(const Graph& graph, const std::string& name) {
  for (const Output& output : graph.outputs()) {
    if (output.name == name) return output.node;
  }
  throw InputError(fmt::format("the network has no output '{}'", name));
}

/// The caller's numbers for a node that is an Input; nothing for any other.
std::span<const double> fed(const Node& node, const Named& inputs, std::size_t size) {
  if (!std::holds_alternative<Input>(node.operation)) return {};
  const auto found = inputs.find(node.name);
  if (found == inputs.end()) throw InputError(fmt::format("input '{}' is missing", node.name));
  check_size("input", node.name, found->second.size(), size);
  return found->second;
}

}  // namespace

DoubleParameters to_double(const Parameters& parameters) {
  return {{parameters.trainable.begin(), parameters.trainable.end()},
          {parameters.statistics.begin(), parameters.statistics.end()}};
}

Interpreter::Interpreter(const Graph& graph, std::int64_t batch, Options options)
    : graph_(graph), batch_(batch), options_(options), values_(graph.nodes().size()) {
  SHOWERGAN_EXPECT(batch > 0);
}

std::vector<Tensor> Interpreter::input_tensors(const Node& node) const {
  std::vector<Tensor> tensors;
  for (const NodeId id : node.inputs) {
    tensors.push_back({graph_.node(id).shape, values_[place(id)]});
  }
  return tensors;
}

void Interpreter::forward(const Named& inputs, DoubleParameters& parameters) {
  check_names(graph_, inputs);
  check_size("parameters", "trainable", parameters.trainable.size(),
             static_cast<std::size_t>(graph_.trainable_count()));
  check_size("parameters", "statistics", parameters.statistics.size(),
             static_cast<std::size_t>(graph_.statistics_count()));
  for (std::size_t i = 0; i < graph_.nodes().size(); ++i) {
    const Node& node = graph_.nodes()[i];
    values_[i].assign(static_cast<std::size_t>(batch_ * element_count(node.shape)), 0.0);
    ForwardCall call{
        batch_,     options_,  input_tensors(node), {}, fed(node, inputs, values_[i].size()),
        node.shape, values_[i]};
    for_each_parameter(graph_, node, [&](const Parameter& parameter) {
      call.parameters.push_back(
          part(parameter.trainable ? parameters.trainable : parameters.statistics, parameter));
    });
    std::visit([&](const auto& op) { reference::forward(op, call); }, node.operation);
  }
}

const std::vector<double>& Interpreter::value(NodeId node) const {
  return values_[place(node)];
}

const std::vector<double>& Interpreter::output(const std::string& name) const {
  return value(output_node(graph_, name));
}

void Interpreter::backward(const Named& output_gradients, const DoubleParameters& parameters) {
  parameter_gradients_.assign(parameters.trainable.size(), 0.0);
  gradients_.assign(values_.size(), {});
  for (std::size_t i = 0; i < values_.size(); ++i) gradients_[i].assign(values_[i].size(), 0.0);
  for (const auto& [name, given] : output_gradients) {
    std::vector<double>& gradient = gradients_[place(output_node(graph_, name))];
    check_size("gradient", name, given.size(), gradient.size());
    std::transform(given.begin(), given.end(), gradient.begin(), gradient.begin(), std::plus<>());
  }
  for (std::size_t i = graph_.nodes().size(); i-- > 0;) {
    const Node& node = graph_.nodes()[i];
    BackwardCall call{
        batch_, options_, input_tensors(node), {}, {node.shape, values_[i]}, gradients_[i], {}, {}};
    for (const NodeId id : node.inputs) call.input_gradients.push_back(gradients_[place(id)]);
    for_each_parameter(graph_, node, [&](const Parameter& parameter) {
      call.parameters.push_back(
          part(parameter.trainable ? parameters.trainable : parameters.statistics, parameter));
      call.parameter_gradients.push_back(parameter.trainable ? part(parameter_gradients_, parameter)
                                                             : std::span<double>());
    });
    std::visit([&](const auto& op) { reference::backward(op, call); }, node.operation);
  }
}

const std::vector<double>& Interpreter::gradient(NodeId node) const {
  return gradients_[place(node)];
}

const std::vector<double>& Interpreter::parameter_gradients() const {
  return parameter_gradients_;
}

}  // namespace showergan::nn::reference
