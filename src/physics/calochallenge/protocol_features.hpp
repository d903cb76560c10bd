#pragma once

#include <cstdint>
#include <span>

#include "physics/calochallenge/voxel_set.hpp"
#include "physics/feature_matrix.hpp"

namespace showergan::physics {

/// The high-level features of the CaloChallenge (arXiv:2410.21611, section 4), with which its
/// classifier and its Fréchet and kernel physics distances work; a row for each of `rows`:
/// log10 E_inc; log10(E + 1e-8) of each layer; the centres in η and in φ and the widths in η and in
/// φ of each layer that is cut in the angle; log10(E_tot + 1e-8); the sparsity, the radial centre
/// and the radial width of each layer. Energies in MeV, lengths in 100 mm. 362 columns for sets 2
/// and 3.
FeatureMatrix protocol_features(const VoxelSet& set, std::span<const std::int64_t> rows);

}  // namespace showergan::physics
