#pragma once

#include <cstddef>

#include "montecarlo/octave_table.hpp"

namespace showergan::montecarlo {

class Compton;
class PairProduction;
class Photoelectric;

/// Macroscopic cross-sections of photons in a medium, 1/mm.
class PhotonTable {
 public:
  enum Column : std::size_t {
    all,
    compton,
    conversion,  ///< what is left is the photoelectric effect
    columns
  };
  using Table = OctaveTable<columns>;

  PhotonTable(const Compton& compton, const PairProduction& conversion,
              const Photoelectric& photoelectric);

  Table::Place place(double energy) const { return table_.place(energy); }
  double at(const Table::Place& place, Column column) const { return table_.at(place, column); }

 private:
  Table table_;
};

}  // namespace showergan::montecarlo
