#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "physics/calochallenge/voxel_set.hpp"

namespace showergan::physics {

/// A number of each shower whose distribution the CaloChallenge compares.
struct ProtocolObservable {
  enum class Kind {
    energy_ratio,  ///< sum of the voxels over the energy of the primary
    total_energy,  ///< sum of the voxels, MeV
    layer,         ///< a quantity of one layer
  };
  std::string name;   ///< "e_ratio", "centre_eta_12" (by the layer's id)
  std::string group;  ///< "centre_eta"; empty for one that stands alone
  Kind kind = Kind::layer;
  LayerQuantity quantity = LayerQuantity::energy;
  std::size_t layer = 0;  ///< index of the layer
  /// MeV; only showers of primaries from `low` up to below `high` count, if `high` is not 0.
  double low = 0;
  double high = 0;
};

/// All of them for the layout of a set: `e_ratio`, for data set 1 also at each of its 15
/// energies, `e_total`, and the quantities of each layer. The energies of voxels are apart.
std::vector<ProtocolObservable> protocol_observables(const VoxelSet& set);

/// Of the showers with these rows; not a number for a shower that does not count.
std::vector<double> values_of(const VoxelSet& set, const ProtocolObservable& observable,
                              std::span<const std::int64_t> rows);
/// Of all showers.
std::vector<double> values_of(const VoxelSet& set, const ProtocolObservable& observable);

/// Edges of the histogram in which the observable is compared, as in the public evaluation of the
/// CaloChallenge; empty where no shower of the reference has energy there.
///
/// Energies: 39 bins, equal in the logarithm, from the protocol's least energy to the largest value
/// of the reference. `e_ratio`: 100 bins from 0.5 to 1.5; at one energy of set 1, 20 bins from
/// 0.4 to 1.4, and for photons from 4.096 GeV on from 0.9 to 1.1. Centres in η and φ: 100 bins
/// within ± 30 mm (sets 2 and 3), ± 100 mm (set 1) or ± 500 mm (its layers 12 and 13); widths: from
/// 0 to 30, 100 or 400 mm. What that evaluation does not draw is ours: sparsities in at most 20
/// bins of equally many voxels, radial centres in 100 bins from 0 to the upper end of the other
/// centres, radial widths as the other widths.
///
/// For another binning, and for a set whose reference is mostly outside such a range (energies that
/// are not calibrated), the 100 bins span the 0.05 to 99.95 % quantiles of the reference, widened
/// by 10 % on each side.
std::vector<double> protocol_edges(const VoxelSet& reference, const ProtocolObservable& observable);

/// Whether protocol_edges() are none of the protocol, because its range does not hold most of the
/// reference: such a separation power is not to be compared with published ones.
bool leaves_the_protocol(const VoxelSet& reference, const ProtocolObservable& observable);

/// The edges for the energies of voxels: 49 bins, equal in the logarithm, from the least energy to
/// the largest voxel of the reference, MeV. Throws InputError if there is no such voxel.
std::vector<double> voxel_edges(const Protocol& protocol, double largest_voxel);

}  // namespace showergan::physics
