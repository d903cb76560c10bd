#pragma once

#include <cstdint>
#include <span>

#include "montecarlo/calorimeter.hpp"
#include "montecarlo/primary.hpp"
#include "montecarlo/readout.hpp"
#include "montecarlo/settings.hpp"
#include "montecarlo/shower_record.hpp"
#include "shower/binning.hpp"
#include "shower/detector.hpp"

namespace showergan::montecarlo {

/// The electromagnetic Monte Carlo of a detector: particles are followed step by step through its
/// plates until they have stopped, are absorbed or have left. Any number of threads may use one,
/// each with a ShowerRecord of its own.
class MonteCarlo {
 public:
  /// Makes the tables of all processes in all materials, which takes some ten milliseconds each.
  /// Deposits are read out in the detector's own cells.
  MonteCarlo(const Detector& detector, const Settings& settings);

  /// The same, read out in a mesh around each shower's axis. It has as many layers as the detector.
  MonteCarlo(const Detector& detector, const Settings& settings, const Binning& mesh);

  ShowerRecord record() const { return ShowerRecord(readout_); }
  const Calorimeter& calorimeter() const { return calorimeter_; }
  const Grid& grid() const { return readout_.grid(); }  ///< of the image

  /// A shower, which depends on its primary, the seed and its number alone, and on nothing that was
  /// in the record. A primary that comes beside the plates escapes.
  void simulate(const Primary& primary, std::uint64_t seed, std::uint64_t number,
                ShowerRecord& record) const;

 private:
  Settings settings_;
  Calorimeter calorimeter_;
  Readout readout_;
};

}  // namespace showergan::montecarlo
