#pragma once

#include <cstdint>
#include <vector>

#include "montecarlo/calorimeter.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/readout.hpp"
#include "montecarlo/shower_axis.hpp"

namespace showergan::montecarlo {

/// Where the energy of one shower went, MeV.
class ShowerRecord {
 public:
  /// `readout` must outlive the record.
  explicit ShowerRecord(const Readout& readout)
      : readout_(readout), image_(static_cast<std::size_t>(readout.grid().cells())) {}

  /// Forgets the shower; the next one comes along that axis.
  void start(const ShowerAxis& axis);

  /// Energy left in a plate at a place. `visible` is the part of it that a scintillator shows.
  void deposit(const Plate& plate, const Vector3& position, double energy, double visible) {
    deposited_ += energy;
    if (!plate.sensitive) return;
    const std::int64_t place = readout_.place(position, plate.layer, axis_);
    if (place >= 0) image_[static_cast<std::size_t>(place)] += visible;
  }
  void deposit(const Plate& plate, const Vector3& position, double energy) {
    deposit(plate, position, energy, energy);
  }

  /// A particle that left the calorimeter; a positron takes what its annihilation would give.
  void escape(const Particle& particle);

  const Vector3& impact() const { return axis_.impact(); }
  const std::vector<double>& image() const { return image_; }
  double deposited() const { return deposited_; }  ///< anywhere in the calorimeter
  double escaped() const { return escaped_; }

 private:
  const Readout& readout_;
  ShowerAxis axis_;
  std::vector<double> image_;
  double deposited_ = 0;
  double escaped_ = 0;
};

}  // namespace showergan::montecarlo
