#pragma once

#include <string>

#include "base/named_array.hpp"
#include "nn/graph/graph.hpp"

namespace showergan {

/// Puts Keras weights (version 2, by their path in the HDF5 file: "…/LAYER/kernel:0") into the
/// layers of the same name.
///
/// Keras has the channels last: kernels are (kx, ky, kz, in, out), of transposed convolutions (kx,
/// ky, kz, out, in), of dense layers (in, out). Where a dense layer is reshaped to an image, or an
/// image is flattened for one, the order of its numbers differs as well (x, y, z, channel instead
/// of channel, x, y, z), and the kernel is permuted accordingly.
///
/// Throws InputError, naming `file`, for layers that are missing or superfluous, shapes that differ
/// (both are named), numbers that are not finite, and networks where the order cannot be followed.
nn::Parameters load_keras_weights(const nn::Graph& graph, const NamedArrays& arrays,
                                  const std::string& file);

/// How many of the graph's layers with parameters have weights in `arrays`, and how many there are:
/// to find out what a file belongs to.
struct LayerMatch {
  int found = 0;
  int layers = 0;
};
LayerMatch match_keras_layers(const nn::Graph& graph, const NamedArrays& arrays);

}  // namespace showergan
