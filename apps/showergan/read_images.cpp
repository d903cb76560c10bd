#include "read_images.hpp"

#include "read_batches.hpp"

namespace showergan::app {

physics::CompactImages read_images(const ShowerReader& file, physics::CompactImages images,
                                   bool quiet) {
  read_batches(file, "images", quiet, [&](const ShowerBatch& batch) { images.append(batch); });
  return images;
}

}  // namespace showergan::app
