#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "physics/calochallenge/voxel_set.hpp"
#include "physics/metric/energy_spectra.hpp"

namespace showergan::physics {

/// Two sets that are compared: their rows in order of the primary's energy, whole and dealt to
/// halves. The sets must outlive it.
struct ComparedVoxels {
  using Rows = std::vector<std::int64_t>;

  ComparedVoxels(const VoxelSet& reference, const VoxelSet& candidate);

  const VoxelSet& reference;
  const VoxelSet& candidate;
  Rows reference_rows;
  Rows candidate_rows;
  std::pair<Rows, Rows> reference_halves;
  EnergySpectraTest spectra;

  /// Whether both have the same energies, so that their fluctuations are resampled together.
  bool paired() const noexcept { return spectra.verdict == EnergySpectra::same; }
};

}  // namespace showergan::physics
