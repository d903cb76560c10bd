#pragma once

#include <cstddef>
#include <vector>

#include "shower/binning.hpp"

namespace showergan::physics {

/// The voxels of one layer in the order of a CaloChallenge file, with their centres. The
/// coordinates η and φ are the Cartesian ones across the shower, x and y in mm, as the
/// CaloChallenge names them.
struct VoxelLayer {
  int id = 0;            ///< number of the layer in the detector
  bool sectors = false;  ///< whether it is cut in the angle, so that η and φ mean something
  std::vector<std::size_t> cell;  ///< place in the image (see Binning)
  std::vector<double> eta;        ///< mm
  std::vector<double> phi;        ///< mm
  std::vector<double> radius;     ///< mm
};

/// The layers that have voxels. A voxel's centre is in the middle of its ring's radii and of its
/// sector's angles.
std::vector<VoxelLayer> voxel_layers(const Binning& binning);

}  // namespace showergan::physics
