#include "physics/calochallenge/same_voxels.hpp"

#include <algorithm>

namespace showergan::physics {

bool same_voxels(const Binning& a, const Binning& b) {
  return std::ranges::equal(a.layers, b.layers, [](const BinningLayer& x, const BinningLayer& y) {
    return x.id == y.id && x.sectors == y.sectors && x.r_edges == y.r_edges;
  });
}

}  // namespace showergan::physics
