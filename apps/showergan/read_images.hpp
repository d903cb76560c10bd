#pragma once

#include "physics/classifier/compact_images.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// Fills the room for the images of some showers of a file. Throws as read_batches().
physics::CompactImages read_images(const ShowerReader& file, physics::CompactImages images,
                                   bool quiet);

}  // namespace showergan::app
