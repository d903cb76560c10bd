#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "store/binning.hpp"

namespace showergan {

/// Showers as images and as the voxels of a CaloChallenge file.
class VoxelOrder {
 public:
  explicit VoxelOrder(const Binning& binning);

  std::int64_t voxels() const noexcept { return static_cast<std::int64_t>(positions_.size()); }

  /// Whether all energy of an image is in cells that are voxels.
  bool holds(std::span<const float> image) const;

  /// Appends the voxels of an image (GeV) to `rows`, in the order of the file and in that unit.
  void append(std::span<const float> image, double unit, std::vector<float>& rows) const;

 private:
  std::vector<std::int64_t> positions_;  ///< of voxels in the image
  std::vector<bool> outside_;            ///< cells that are no voxel
};

}  // namespace showergan
