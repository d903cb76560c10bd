#pragma once

#include <optional>
#include <string>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// Cells, and the layers that they are to make.
struct ConditionedLayers {
  nn::NodeId cells = 0;               ///< (x, y, z) MeV
  nn::NodeId energy = 0;              ///< (z) GeV
  nn::NodeId shape = 0;               ///< (4, z) centres and widths along x and y, cells
  std::optional<nn::NodeId> spectra;  ///< (CellSpectrum::numbers, x, y, z) that they are drawn from
};

/// Cells that were drawn independently of each other, moved so that every layer has the energy, the
/// centres and the widths (see kReach) that it was told: what Matheron's rule does to normal
/// numbers (Journel and Huijbregts, Mining Geostatistics (1978)). A cell of energy E has the
/// variance V = (E s)², where s is the slope of ln E in the middle of its spectrum, and
///
///     E ← E + V (a + b φ₁(x) + c φ₂(x) + d φ₁(y) + e φ₂(y))
///
/// with the numbers that make the layer's sums right, where x and y are taken as uncorrelated. So
/// hot cells whose energy is uncertain anyway take up what is missing, and faint ones keep their
/// spectrum. Without spectra s is 1 everywhere, and the core, which is known best, gives away
/// energy that the halo has.
///
/// A sum is also wrong because other cells are hit than were in the shower that it was taken from,
/// which no cell's energy can mend: with spectra, energies make up for their own part of the
/// variance of the sum only. In the first layers, where few cells are hit, that is a small one.
///
/// That is done in `rounds`, in each of which no cell changes by more than a factor of 4; centres
/// and widths come close to what they should be. Then a common factor gives the layer its energy,
/// unless it has no cells, and cells below `threshold` (GeV) become 0.
///
/// The result is (x, y, z) in GeV. Throws nn::ShapeError if the shapes do not fit.
nn::NodeId append_layer_conditioning(nn::Graph& graph, const std::string& prefix,
                                     const ConditionedLayers& layers, int rounds, double threshold);

}  // namespace showergan::flow
