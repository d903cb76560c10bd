#pragma once

#include "physics/calochallenge/voxel_set.hpp"
#include "physics/metric/compare.hpp"

namespace showergan::physics {

struct CompareVoxelsOptions {
  int threads = 1;
  bool uncertainties = false;  ///< from 200 resamplings
  bool distances = false;      ///< also `fpd` and `kpd`: seconds to minutes
};

/// A candidate against a reference by the protocol of the CaloChallenge (arXiv:2410.21611):
/// separation_metrics() and distance_metrics(), with warnings as compare() has them. No metric has
/// a value where the energy spectra differ, as all of them average over the energies. Throws
/// InputError if a set is empty or the binnings differ.
ComparisonResult compare_voxels(const VoxelSet& reference, const VoxelSet& candidate,
                                const CompareVoxelsOptions& options);

}  // namespace showergan::physics
