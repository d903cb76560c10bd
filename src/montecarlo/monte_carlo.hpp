#pragma once

#include <cstdint>
#include <span>

#include "montecarlo/calorimeter.hpp"
#include "montecarlo/cell_map.hpp"
#include "montecarlo/primary.hpp"
#include "montecarlo/settings.hpp"
#include "montecarlo/shower_record.hpp"
#include "shower/detector.hpp"

namespace showergan::montecarlo {

/// The electromagnetic Monte Carlo of a detector: particles are followed step by step through its
/// plates until they have stopped, are absorbed or have left. Any number of threads may use one,
/// each with a ShowerRecord of its own.
class MonteCarlo {
 public:
  /// Makes the tables of all processes in all materials, which takes some ten milliseconds each.
  MonteCarlo(const Detector& detector, const Settings& settings);

  ShowerRecord record() const { return ShowerRecord(cells_); }
  const Calorimeter& calorimeter() const { return calorimeter_; }
  const CellMap& cells() const { return cells_; }

  /// A shower, which depends on its primary, the seed and its number alone, and on nothing that was
  /// in the record.
  void simulate(const Primary& primary, std::uint64_t seed, std::uint64_t number,
                ShowerRecord& record) const;

 private:
  Settings settings_;
  Calorimeter calorimeter_;
  CellMap cells_;
};

}  // namespace showergan::montecarlo
