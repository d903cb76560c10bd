#pragma once

#include <filesystem>
#include <vector>

#include "physics/calochallenge/voxel_set.hpp"
#include "store/binning.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// The binning of a CaloChallenge file: `given`, or if that is empty the XML beside the file.
Binning binning_of(const ShowerReader& file, const std::filesystem::path& given);

/// The largest voxel of a file, MeV. Throws as measure_voxels().
double find_largest_voxel(const ShowerReader& file, bool quiet);

/// Observables of all showers of a file, read in bounded memory. Throws InputError for a shower
/// that is not physical and Error if the user interrupts.
physics::VoxelSet measure_voxels(const ShowerReader& file, const Binning& binning,
                                 const physics::Protocol& protocol, std::vector<double> voxel_edges,
                                 int threads, bool quiet);

}  // namespace showergan::app
