#pragma once

#include <string>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// Cells that were drawn independently of each other, moved so that every layer has the energy, the
/// centres and the widths (see kReach) that it was told: what Matheron's rule does to normal
/// numbers (Journel and Huijbregts, Mining Geostatistics (1978)). A cell of energy E has variance ∝
/// E², and
///
///     E ← E (1 + E (a + b φ₁(x) + c φ₂(x) + d φ₁(y) + e φ₂(y)))
///
/// with the numbers that make the layer's sums right, where x and y are taken as uncorrelated. So
/// hot cells, whose energy is uncertain anyway, take up what is missing, and faint ones keep their
/// spectrum. That is done in `rounds`, in each of which no cell changes by more than a factor of 4;
/// centres and widths come close to what they should be. Then a common factor gives the layer its
/// energy, unless it has no cells, and cells below `threshold` become 0.
///
/// `cells` (x, y, z) in MeV, `layer_energy` (z) in GeV, `layer_shape` (4, z) in cells, `threshold`
/// in GeV; the result is (x, y, z) in GeV. Throws nn::ShapeError if the shapes do not fit.
nn::NodeId append_layer_conditioning(nn::Graph& graph, const std::string& prefix, nn::NodeId cells,
                                     nn::NodeId layer_energy, nn::NodeId layer_shape, int rounds,
                                     double threshold);

}  // namespace showergan::flow
