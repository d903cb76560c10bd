#pragma once

#include <cstdint>
#include <span>

namespace showergan::gan {

/// What is wrong with a batch of generated images; a training that goes on making such has failed.
struct ImageCheck {
  bool empty = false;      ///< not one cell has energy
  bool identical = false;  ///< all images are the same up to their scale, whatever the noise
  bool decidable = true;   ///< one image that is not empty tells nothing
};

/// `cells` is (n, cells per image). Identical images are only told of two or more: images divided
/// by their sum that differ nowhere by more than 1e-6 of the largest cell.
ImageCheck check_images(std::span<const float> cells, std::int64_t images);

}  // namespace showergan::gan
