#include "nn/lowering/rewriter.hpp"

#include "base/contract.hpp"

namespace showergan::nn {

Rewriter::Rewriter(const Graph& from)
    : from_(from), to_(from.same_parameters()), moved_(from.nodes().size(), -1) {}

std::vector<NodeId> Rewriter::moved(const std::vector<NodeId>& nodes) const {
  std::vector<NodeId> result;
  for (const NodeId node : nodes) {
    result.push_back(moved_[static_cast<std::size_t>(node)]);
    SHOWERGAN_EXPECT(result.back() >= 0);
  }
  return result;
}

void Rewriter::keep(NodeId node) {
  const Node& old = from_.node(node);
  replace(node, old.operation, old.inputs, old.parameters);
}

void Rewriter::replace(NodeId node, Operation operation, const std::vector<NodeId>& inputs,
                       const std::vector<std::int32_t>& parameters) {
  replace_as(node, node, std::move(operation), inputs, parameters);
}

void Rewriter::replace_as(NodeId node, NodeId named, Operation operation,
                          const std::vector<NodeId>& inputs,
                          const std::vector<std::int32_t>& parameters) {
  moved_[static_cast<std::size_t>(node)] = to_.add_with_parameters(
      from_.node(named).name, std::move(operation), moved(inputs), parameters);
}

void Rewriter::forward_to(NodeId node, NodeId other) {
  moved_[static_cast<std::size_t>(node)] = moved({other})[0];
}

Graph Rewriter::finish() && {
  for (const Output& output : from_.outputs()) to_.set_output(output.name, moved({output.node})[0]);
  return std::move(to_);
}

const Epilogue* epilogue_of(const Operation& operation) {
  return std::visit(
      [](const auto& op) -> const Epilogue* {
        if constexpr (requires { op.epilogue; }) return &op.epilogue;
        return nullptr;
      },
      operation);
}

Epilogue* epilogue_of(Operation& operation) {
  return std::visit(
      [](auto& op) -> Epilogue* {
        if constexpr (requires { op.epilogue; }) return &op.epilogue;
        return nullptr;
      },
      operation);
}

std::vector<NodeId> only_users(const Graph& graph) {
  const std::vector<int> counts = graph.use_counts();
  std::vector<NodeId> users(counts.size(), -1);
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    for (const NodeId input : graph.nodes()[i].inputs) {
      if (counts[static_cast<std::size_t>(input)] == 1) {
        users[static_cast<std::size_t>(input)] = static_cast<NodeId>(i);
      }
    }
  }
  return users;
}

}  // namespace showergan::nn
