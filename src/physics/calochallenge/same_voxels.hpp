#pragma once

#include "shower/binning.hpp"

namespace showergan::physics {

/// Whether two binnings cut the calorimeter into the same voxels; the name of the particle makes no
/// difference.
bool same_voxels(const Binning& a, const Binning& b);

}  // namespace showergan::physics
