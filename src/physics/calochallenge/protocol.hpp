#pragma once

#include <optional>
#include <string>

#include "shower/binning.hpp"

namespace showergan::physics {

/// The data sets of the CaloChallenge (arXiv:2410.21611, section 2), told by their voxels.
enum class DataSet {
  photons,  ///< set 1, photons: 368 voxels in 5 layers
  pions,    ///< set 1, charged pions: 533 voxels in 7 layers
  set_2,    ///< electrons, 45 layers of 9 rings and 16 sectors
  set_3,    ///< electrons, 45 layers of 18 rings and 50 sectors
  other,    ///< any other binning
};

DataSet data_set_of(const Binning& binning);

/// "CaloChallenge data set 2"
std::string name_of(DataSet data_set);

/// What the evaluation of the CaloChallenge depends on beside the voxels.
struct Protocol {
  DataSet data_set = DataSet::other;
  double threshold = 0;     ///< MeV; voxels below are read as 0
  double least_energy = 0;  ///< MeV; where logarithmic histograms of energies begin
};

/// The protocol for a binning. Sets 2 and 3: both energies are 15.15 keV, the 0.5 keV that Geant4
/// read out over the sampling fraction 0.033. Set 1: no threshold, histograms from 10 MeV on. Any
/// other binning: both are 1 keV, as for Cartesian images. A `threshold` (MeV) that is given counts
/// instead, and unless it is 0 histograms begin there.
Protocol protocol_of(const Binning& binning, std::optional<double> threshold = std::nullopt);

}  // namespace showergan::physics
