#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan {

/// What the numbers of a vector are in frameworks that have the channels last: nothing special, or
/// an image (channels, x, y, z) of ours that was flattened or that it will be reshaped to.
struct ChannelOrder {
  std::optional<nn::Shape> image;
  /// A layer that makes the order impossible to follow; empty in all sane networks.
  std::string obstacle;
};

/// The order of the vector that a dense layer reads: follows it back to where it was flattened.
ChannelOrder order_before(const nn::Graph& graph, nn::NodeId dense);

/// The order of the vector that a dense layer makes: follows it to where it is reshaped.
ChannelOrder order_after(const nn::Graph& graph, nn::NodeId dense);

/// For each position in our order (channel, x, y, z) the position in theirs (x, y, z, channel).
std::vector<std::int64_t> channels_last_positions(const nn::Shape& image);

}  // namespace showergan
