#include "store/voxel_order.hpp"

namespace showergan {

VoxelOrder::VoxelOrder(const Binning& binning)
    : positions_(binning.image_positions()),
      outside_(static_cast<std::size_t>(binning.grid().cells()), true) {
  for (const std::int64_t position : positions_) {
    outside_[static_cast<std::size_t>(position)] = false;
  }
}

bool VoxelOrder::holds(std::span<const float> image) const {
  for (std::size_t cell = 0; cell < image.size(); ++cell) {
    if (outside_[cell] && image[cell] != 0) return false;
  }
  return true;
}

void VoxelOrder::append(std::span<const float> image, double unit, std::vector<float>& rows) const {
  for (const std::int64_t position : positions_) {
    rows.push_back(static_cast<float>(image[static_cast<std::size_t>(position)] / unit));
  }
}

}  // namespace showergan
