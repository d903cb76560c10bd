#pragma once

#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// The layers whose energies, centres and widths are drawn.
struct LayerGeometry {
  std::vector<double> weights;  ///< of each layer's energy in the response
  double threshold = 1e-6;      ///< GeV; a layer that holds less is empty

  std::int64_t layers() const noexcept { return std::ssize(weights); }
  /// Numbers that stand for them: the code that layers::LayerCode defines.
  std::int64_t code_size() const noexcept { return 5 * layers(); }
};

/// Below this width, in cells, a layer has none.
inline constexpr double kLeastWidth = 0.03;

/// Cells beyond some times this distance (from the axis in a layer's centre, from the centre in its
/// width) count as one another: a cell alone at the edge of the image can carry most of a layer's
/// second moment, and which cell that is cannot be told by any number of the layer. Centre and
/// width are of the core, then; far cells are left to chance. With means ⟨·⟩ weighted by energy,
/// positions x from the axis in cells and r = kReach:
///
///     centre = ⟨2r tanh(x / 2r)⟩
///     width  = r √(q / (1 − q)),  q = ⟨u² / (u² + r²)⟩,  u = x − centre
///
/// which for small distances are the mean and the root of the variance.
inline constexpr double kReach = 2;  // cells

/// layers::LayerCode::decode() as nodes of a graph.
struct LayerNodes {
  nn::NodeId energy = 0;  ///< (layers) GeV
  nn::NodeId shape = 0;   ///< (4, layers) centre_x, centre_y, width_x, width_y, cells
};

/// `code` is (5 · layers), `energy` (1) of the primary in GeV. Layers are named with `prefix`.
LayerNodes append_layers(nn::Graph& graph, const LayerGeometry& layers, const std::string& prefix,
                         nn::NodeId code, nn::NodeId energy);

}  // namespace showergan::flow
