#include "model/checked_add.hpp"

#include <variant>

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan {
namespace {

void expect_sane(const std::string& name, const std::string& what, const nn::Shape& shape) {
  if (has_sane_size(shape)) return;
  throw nn::ShapeError(
      fmt::format("layer '{}': {} would be too large: {}", name, what, nn::to_string(shape)));
}

}  // namespace

bool has_sane_size(const nn::Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) {
    if (extent < 1 || extent > largest_tensor / count) return false;
    count *= extent;
  }
  return true;
}

nn::NodeId checked_add(nn::Graph& graph, std::string name, nn::Operation operation,
                       std::vector<nn::NodeId> inputs) {
  std::vector<nn::Shape> shapes;
  for (const nn::NodeId input : inputs) shapes.push_back(graph.node(input).shape);
  nn::Shape result;
  try {
    result = std::visit([&](const auto& op) { return infer_shape(op, shapes); }, operation);
  } catch (const nn::ShapeError& error) {
    throw nn::ShapeError(fmt::format("layer '{}': {}", name, error.what()));
  }
  expect_sane(name, "its result", result);
  for (const nn::ParameterSpec& spec : nn::parameter_specs(operation, shapes)) {
    expect_sane(name, "its " + spec.role, spec.shape);
  }
  return graph.add(std::move(name), std::move(operation), std::move(inputs));
}

}  // namespace showergan
