#pragma once

#include <cstdint>
#include <string>

#include "flow/layer_flow.hpp"
#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// What a network is told to draw the widths of a shower's layers from.
struct WidthInputs {
  nn::NodeId features = 0;      ///< of the condition
  nn::NodeId log_energies = 0;  ///< (layers) of E_l in GeV
  nn::NodeId centres = 0;       ///< (2 · layers) of a code
};

/// Spectra (CellSpectrum) of the widths of each layer, cells: a layer of one column of cells has
/// none, and that is one of few values in the first layers, where no smooth map of normal numbers
/// can put it. A network along the depth of the shower sees
///
///     x = ln(E_l / threshold) / 5 − 2 of each layer, not below −2; depth and length of the shower,
///     the mean and standard deviation of l weighted by E_l; the condition; the layer's place, and
///     which of the first six it is;
///     of both centres c (within ±kFarthestCentre): c, |c|, c² (to 4), |c| beyond 1, and what they
///     do to widths: a layer whose energy is shared by two cells at distance a and 1 − a has a
///     width √(a(1 − a)), b = ½ ln(a(1 − a) + 0.003) + 2, for |c| up to 1
///
/// Widths along y are drawn after those along x, with a network that is told them.
///
/// Networks: two convolutions of 5 layers and one of 1, each of kWidthUnits channels.
inline constexpr std::int64_t kWidthUnits = 64;

/// True widths (2 · layers; append_true_widths), drawn along x and then along y from the normal
/// numbers `chance`, whether there is one, and `size`, (2 · layers) each.
nn::NodeId append_widths(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                         const WidthInputs& inputs, nn::NodeId chance, nn::NodeId size);

/// What the networks learn from: from inputs `code` and `condition`, the output `loss` (1), minus
/// the logarithm of the density of the widths along x and y of layers that are not empty, summed,
/// over the number of layers; or `noise` (2 · layers), the normal numbers that make them, any
/// number where there is none.
enum class WidthOutput { loss, noise };
nn::Graph width_graph(const LayerFlow& flow, WidthOutput output);

}  // namespace showergan::flow
