#include "measure_voxels.hpp"

#include <algorithm>
#include <utility>

#include "read_batches.hpp"

namespace showergan::app {

Binning binning_of(const ShowerReader& file, const std::filesystem::path& given) {
  return read_binning(given.empty() ? binning_path(file.path()) : given);
}

double find_largest_voxel(const ShowerReader& file, bool quiet) {
  double largest = 0;
  read_batches(file, "largest voxel", quiet, [&](const ShowerBatch& batch) {
    largest = std::max(largest, physics::largest_voxel(batch));
  });
  return largest;
}

physics::VoxelSet measure_voxels(const ShowerReader& file, const Binning& binning,
                                 const physics::Protocol& protocol, std::vector<double> voxel_edges,
                                 int threads, bool quiet) {
  physics::VoxelSet set(binning, protocol, std::move(voxel_edges));
  read_batches(file, "showers", quiet,
               [&](const ShowerBatch& batch) { set.append(batch, threads); });
  return set;
}

}  // namespace showergan::app
