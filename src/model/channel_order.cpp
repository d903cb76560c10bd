#include "model/channel_order.hpp"

namespace showergan {
namespace {

/// Operators that treat each number of a vector alike, whatever its place.
bool is_elementwise(const nn::Node& node) {
  return std::holds_alternative<nn::Activation>(node.operation) ||
         std::holds_alternative<nn::Dropout>(node.operation);
}

bool is_vector_or_number(const nn::Shape& shape) {
  return shape.size() == 1;
}

/// Whether a flattened image is among what a vector is made of.
bool has_flattened_image(const nn::Graph& graph, nn::NodeId id) {
  const nn::Node& node = graph.node(id);
  if (!is_vector_or_number(node.shape)) return false;
  if (std::holds_alternative<nn::Reshape>(node.operation)) {
    return graph.node(node.inputs[0]).shape.size() == 4;
  }
  if (std::holds_alternative<nn::Dense>(node.operation)) return false;
  for (const nn::NodeId input : node.inputs) {
    if (has_flattened_image(graph, input)) return true;
  }
  return false;
}

std::vector<nn::NodeId> users_of(const nn::Graph& graph, nn::NodeId id) {
  std::vector<nn::NodeId> users;
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    for (const nn::NodeId input : graph.nodes()[i].inputs) {
      if (input == id) users.push_back(static_cast<nn::NodeId>(i));
    }
  }
  return users;
}

/// Whether a vector, through other operators than dense layers, ends in a reshape to an image.
bool becomes_image(const nn::Graph& graph, nn::NodeId id) {
  for (const nn::NodeId user : users_of(graph, id)) {
    const nn::Node& node = graph.node(user);
    if (std::holds_alternative<nn::Reshape>(node.operation) && node.shape.size() == 4) return true;
    if (std::holds_alternative<nn::Dense>(node.operation)) continue;
    if (is_vector_or_number(node.shape) && becomes_image(graph, user)) return true;
  }
  return false;
}

}  // namespace

ChannelOrder order_before(const nn::Graph& graph, nn::NodeId dense) {
  nn::NodeId id = graph.node(dense).inputs[0];
  while (is_elementwise(graph.node(id))) id = graph.node(id).inputs[0];
  const nn::Node& node = graph.node(id);
  if (std::holds_alternative<nn::Reshape>(node.operation)) {
    const nn::Shape& from = graph.node(node.inputs[0]).shape;
    if (from.size() == 4) return {from, {}};
    return {};
  }
  if (has_flattened_image(graph, id)) return {{}, node.name};
  return {};
}

ChannelOrder order_after(const nn::Graph& graph, nn::NodeId dense) {
  ChannelOrder order;
  bool plain = false;
  std::vector<nn::NodeId> open{dense};
  while (!open.empty()) {
    const nn::NodeId id = open.back();
    open.pop_back();
    for (const nn::NodeId user : users_of(graph, id)) {
      const nn::Node& node = graph.node(user);
      if (is_elementwise(node)) {
        open.push_back(user);
      } else if (std::holds_alternative<nn::Reshape>(node.operation) && node.shape.size() == 4) {
        if (order.image && *order.image != node.shape) return {{}, node.name};
        order.image = node.shape;
      } else if (!std::holds_alternative<nn::Dense>(node.operation) &&
                 is_vector_or_number(node.shape) && becomes_image(graph, user)) {
        return {{}, node.name};
      } else {
        plain = true;
      }
    }
  }
  if (order.image && plain) return {{}, graph.node(dense).name};
  return order;
}

std::vector<std::int64_t> channels_last_positions(const nn::Shape& image) {
  std::vector<std::int64_t> positions;
  const std::int64_t cells = image[1] * image[2] * image[3];
  for (std::int64_t channel = 0; channel < image[0]; ++channel) {
    for (std::int64_t cell = 0; cell < cells; ++cell) {
      positions.push_back(cell * image[0] + channel);
    }
  }
  return positions;
}

}  // namespace showergan
