#include "model/drawn_layers.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"

namespace showergan {
namespace {

bool is_output(const nn::Graph& graph, nn::NodeId node, std::string_view name) {
  return std::ranges::any_of(graph.outputs(), [&](const nn::Output& output) {
    return output.node == node && output.name == name;
  });
}

void copy(std::span<const float> from, std::span<float> to, const std::string& name) {
  if (from.size() == to.size()) {
    std::ranges::copy(from, to.begin());
    return;
  }
  throw InputError(
      fmt::format("the parameter '{}' has {} numbers instead of {}", name, from.size(), to.size()));
}

}  // namespace

nn::Graph whole_generator(const DrawnLayers& layers) {
  nn::Graph whole;
  const nn::Graph& decoder = layers.decoder;
  const nn::NodeId noise = whole.add(kLayerNoise, nn::Input{{layers.flow.noise_size()}});
  const nn::NodeId condition =
      whole.add("condition", nn::Input{{std::ssize(layers.flow.conditions)}});
  const flow::LayerNodes drawn =
      flow::append_layer_flow(whole, layers.flow, kLayerPrefix, noise, condition);
  std::vector<nn::NodeId> place_of;
  for (std::size_t i = 0; i < decoder.nodes().size(); ++i) {
    const nn::Node& node = decoder.nodes()[i];
    if (node.name == "condition") {
      place_of.push_back(condition);
    } else if (node.name == "layer_energy") {
      place_of.push_back(drawn.energy);
    } else if (node.name == "layer_shape") {
      place_of.push_back(drawn.shape);
    } else {
      std::vector<nn::NodeId> inputs;
      for (const nn::NodeId id : node.inputs) {
        inputs.push_back(place_of[static_cast<std::size_t>(id)]);
      }
      place_of.push_back(whole.add(node.name, node.operation, std::move(inputs)));
    }
    if (is_output(decoder, static_cast<nn::NodeId>(i), "shower")) {
      whole.set_output("shower", place_of.back());
    }
  }
  return whole;
}

nn::Parameters whole_parameters(const nn::Graph& whole, const nn::Graph& decoder,
                                const nn::Parameters& decoder_parameters,
                                const std::map<std::string, std::vector<float>>& flow_parameters) {
  nn::Parameters result = nn::initial_parameters(whole, 0);
  std::map<std::string_view, const nn::Parameter*> known;
  for (const nn::Parameter& parameter : decoder.parameters()) known[parameter.name] = &parameter;
  const std::string_view prefix = kLayerPrefix;
  for (const nn::Parameter& parameter : whole.parameters()) {
    if (const auto found = known.find(parameter.name); found != known.end()) {
      copy(decoder_parameters.of(*found->second), result.of(parameter), parameter.name);
      continue;
    }
    SHOWERGAN_EXPECT(parameter.name.starts_with(prefix));
    const auto found = flow_parameters.find(parameter.name.substr(prefix.size()));
    if (found == flow_parameters.end()) {
      throw InputError(fmt::format("the parameter '{}' of the layers is missing", parameter.name));
    }
    copy(found->second, result.of(parameter), parameter.name);
  }
  return result;
}

}  // namespace showergan
