#include "model/keras_weights.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "showergan/error.hpp"

#include "model/channel_order.hpp"

namespace showergan {
namespace {

/// Layer and role of an array, from the last two parts of its path.
using Key = std::pair<std::string, std::string>;

struct Entry {
  std::string path;
  const NamedArray* array;
};

/// Nothing for an array that stands in no layer.
std::optional<Key> key_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) return std::nullopt;
  const std::size_t before = path.rfind('/', slash - 1);
  const std::size_t first = before == std::string::npos ? 0 : before + 1;
  std::string role = path.substr(slash + 1);
  return Key{path.substr(first, slash - first), role.substr(0, role.find(':'))};
}

std::map<Key, Entry> by_layer(const NamedArrays& arrays, const std::string& file) {
  std::map<Key, Entry> result;
  for (const auto& [path, array] : arrays) {
    const std::optional<Key> key = key_of(path);
    if (!key) continue;
    const auto [place, fresh] = result.emplace(*key, Entry{path, &array});
    if (!fresh) {
      throw InputError(fmt::format("'{}' and '{}' are the same weights", place->second.path, path),
                       file);
    }
  }
  return result;
}

/// Extents of a parameter as Keras stores it, and the number of each of our elements in it.
struct KerasLayout {
  nn::Shape shape;
  std::vector<std::int64_t> positions;
};

KerasLayout as_stored(const nn::Shape& shape) {
  KerasLayout layout{shape, {}};
  layout.positions.resize(static_cast<std::size_t>(nn::element_count(shape)));
  std::iota(layout.positions.begin(), layout.positions.end(), 0);
  return layout;
}

/// Both kinds of convolution: the two channel axes, exchanged, stand after the three of the kernel.
KerasLayout convolution_kernel(const nn::Shape& shape) {
  KerasLayout layout{{shape[2], shape[3], shape[4], shape[1], shape[0]}, {}};
  const std::int64_t taps = shape[2] * shape[3] * shape[4];
  for (std::int64_t a = 0; a < shape[0]; ++a) {
    for (std::int64_t b = 0; b < shape[1]; ++b) {
      for (std::int64_t tap = 0; tap < taps; ++tap) {
        layout.positions.push_back((tap * shape[1] + b) * shape[0] + a);
      }
    }
  }
  return layout;
}

std::vector<std::int64_t> places(const ChannelOrder& order, std::int64_t count) {
  if (order.image) return channels_last_positions(*order.image);
  std::vector<std::int64_t> same(static_cast<std::size_t>(count));
  std::iota(same.begin(), same.end(), 0);
  return same;
}

KerasLayout dense_kernel(const nn::Shape& shape, const ChannelOrder& before,
                         const ChannelOrder& after) {
  KerasLayout layout{{shape[1], shape[0]}, {}};
  const std::vector<std::int64_t> units = places(after, shape[0]);
  const std::vector<std::int64_t> inputs = places(before, shape[1]);
  for (const std::int64_t unit : units) {
    for (const std::int64_t input : inputs) layout.positions.push_back(input * shape[0] + unit);
  }
  return layout;
}

ChannelOrder checked(ChannelOrder order, const std::string& layer, const std::string& file) {
  if (order.obstacle.empty()) return order;
  throw InputError(fmt::format("the weights of layer '{}' cannot be brought into our order: layer "
                               "'{}' is between it and the image",
                               layer, order.obstacle),
                   file, "put the dense layer next to the reshape or flatten");
}

KerasLayout keras_layout(const nn::Graph& graph, nn::NodeId id, const nn::Parameter& parameter,
                         const std::string& file) {
  const nn::Node& node = graph.node(id);
  const bool kernel = parameter.role == "kernel";
  if (std::holds_alternative<nn::Dense>(node.operation)) {
    const ChannelOrder after = checked(order_after(graph, id), node.name, file);
    if (!kernel) return {parameter.shape, places(after, parameter.shape[0])};
    return dense_kernel(parameter.shape, checked(order_before(graph, id), node.name, file), after);
  }
  return kernel ? convolution_kernel(parameter.shape) : as_stored(parameter.shape);
}

void copy(const Entry& entry, const KerasLayout& layout, const std::string& name,
          const std::string& file, std::span<float> to) {
  const NamedArray& array = *entry.array;
  if (array.shape != layout.shape || array.values.size() != layout.positions.size()) {
    throw InputError(
        fmt::format("the weights '{}' are ({}), but '{}' of the network is ({})", entry.path,
                    fmt::join(array.shape, ", "), name, fmt::join(layout.shape, ", ")),
        file, "choose the architecture that the weights belong to");
  }
  if (!std::all_of(array.values.begin(), array.values.end(),
                   [](float x) { return std::isfinite(x); })) {
    throw InputError(fmt::format("the weights '{}' hold numbers that are not finite", entry.path),
                     file);
  }
  for (std::size_t i = 0; i < to.size(); ++i) {
    to[i] = array.values[static_cast<std::size_t>(layout.positions[i])];
  }
}

}  // namespace

nn::Parameters load_keras_weights(const nn::Graph& graph, const NamedArrays& arrays,
                                  const std::string& file) {
  std::map<Key, Entry> entries = by_layer(arrays, file);
  nn::Parameters parameters;
  parameters.trainable.resize(static_cast<std::size_t>(graph.trainable_count()));
  parameters.statistics.resize(static_cast<std::size_t>(graph.statistics_count()));
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const nn::Node& node = graph.nodes()[i];
    for (const std::int32_t index : node.parameters) {
      const nn::Parameter& parameter = graph.parameters()[static_cast<std::size_t>(index)];
      const auto found = entries.find({node.name, parameter.role});
      if (found == entries.end()) {
        throw InputError(fmt::format("there are no weights for '{}'", parameter.name), file,
                         "choose the architecture that the weights belong to");
      }
      const KerasLayout layout = keras_layout(graph, static_cast<nn::NodeId>(i), parameter, file);
      copy(found->second, layout, parameter.name, file, parameters.of(parameter));
      entries.erase(found);
    }
  }
  if (!entries.empty()) {
    throw InputError(fmt::format("the weights '{}' belong to no layer of the network",
                                 entries.begin()->second.path),
                     file, "choose the architecture that the weights belong to");
  }
  return parameters;
}

LayerMatch match_keras_layers(const nn::Graph& graph, const NamedArrays& arrays) {
  std::set<std::string> layers;
  for (const auto& [path, array] : arrays) {
    if (const std::optional<Key> key = key_of(path)) layers.insert(key->first);
  }
  LayerMatch match;
  for (const nn::Node& node : graph.nodes()) {
    if (node.parameters.empty()) continue;
    ++match.layers;
    match.found += layers.contains(node.name) ? 1 : 0;
  }
  return match;
}

}  // namespace showergan
