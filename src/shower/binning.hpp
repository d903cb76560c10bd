#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shower/shower_batch.hpp"

namespace showergan {

/// One layer of a CaloChallenge calorimeter, cut into rings and sectors.
struct BinningLayer {
  int id = 0;                   ///< number of the layer in the detector
  std::vector<double> r_edges;  ///< mm; one more than there are rings
  std::int64_t sectors = 1;     ///< of equal size, the first one from −π on

  std::int64_t rings() const noexcept { return static_cast<std::int64_t>(r_edges.size()) - 1; }
  std::int64_t voxels() const noexcept { return rings() * sectors; }
};

/// The voxels of a CaloChallenge file (https://calochallenge.github.io/homepage).
///
/// In the file the voxels of a shower are ordered by layer, then sector, then ring (fastest). As an
/// image a shower is indexed [ring][sector][layer], so that z is the depth as everywhere; layers
/// without voxels (data set 1 has them) are left out. Where layers are cut differently the grid is
/// that of the finest, and cells beyond a layer's own rings and sectors stay 0.
struct Binning {
  std::string particle;              ///< as the XML names it: "electron"
  std::vector<BinningLayer> layers;  ///< those that have voxels

  Grid grid() const;
  std::int64_t voxels() const;
  /// For each voxel in file order its place in the image.
  std::vector<std::int64_t> image_positions() const;
};

}  // namespace showergan
