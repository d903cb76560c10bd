#pragma once

#include <cstdint>
#include <vector>

#include "montecarlo/shower_axis.hpp"
#include "shower/binning.hpp"

namespace showergan::montecarlo {

/// Which voxel of a CaloChallenge binning a deposit belongs to.
///
/// Rings and sectors are around the shower's axis, in the layers of the detector: r is the distance
/// from the axis, the angle that from x' to y' of ShowerAxis, and the sectors begin at −π
/// (HighLevelFeatures of the CaloChallenge, Geant4's Par04). Edges belong to the voxel after them;
/// nothing is read out below the first and beyond the last r.
class MeshMap {
 public:
  explicit MeshMap(const Binning& binning);

  const Grid& grid() const { return grid_; }

  /// Place in the image (Binning: [ring][sector][layer]) of what is deposited there, or −1.
  std::int64_t place(const ShowerAxis::Across& across, std::int64_t layer) const;

 private:
  struct Rings {
    std::vector<double> squared_edges;  ///< mm²
    std::int64_t sectors;
  };

  Grid grid_;
  std::vector<Rings> layers_;
};

}  // namespace showergan::montecarlo
