#pragma once

#include <cstdint>
#include <vector>

#include "montecarlo/calorimeter.hpp"
#include "montecarlo/cell_map.hpp"
#include "montecarlo/particle.hpp"

namespace showergan::montecarlo {

/// Where the energy of one shower went, MeV.
class ShowerRecord {
 public:
  explicit ShowerRecord(const CellMap& cells)
      : cells_(cells), image_(static_cast<std::size_t>(cells.grid().cells())) {}

  /// Forgets the shower; the next one enters there.
  void start(const Vector3& impact);

  /// Energy left in a plate at a place. `visible` is the part of it that a scintillator shows.
  void deposit(const Plate& plate, const Vector3& position, double energy, double visible) {
    deposited_ += energy;
    if (!plate.sensitive) return;
    const std::int64_t place = cells_.place(position.x, position.y, plate.layer);
    if (place >= 0) image_[static_cast<std::size_t>(place)] += visible;
  }
  void deposit(const Plate& plate, const Vector3& position, double energy) {
    deposit(plate, position, energy, energy);
  }

  /// A particle that left the calorimeter; a positron takes what its annihilation would give.
  void escape(const Particle& particle);

  const Vector3& impact() const { return impact_; }
  const std::vector<double>& image() const { return image_; }
  double deposited() const { return deposited_; }  ///< anywhere in the calorimeter
  double escaped() const { return escaped_; }

 private:
  const CellMap& cells_;
  Vector3 impact_;
  std::vector<double> image_;
  double deposited_ = 0;
  double escaped_ = 0;
};

}  // namespace showergan::montecarlo
