#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "physics/sample.hpp"

namespace showergan::physics {

/// Bins of equal width in the energy of the primary.
class EnergyBins {
 public:
  static constexpr int kCount = 10;

  /// kCount bins from the lowest to the highest energy of the reference (GeV, not empty); a single
  /// one around it if there is one energy only.
  explicit EnergyBins(std::span<const double> reference_energy);

  std::size_t size() const noexcept { return edges_.size() - 1; }
  double low(std::size_t bin) const { return edges_[bin]; }
  double high(std::size_t bin) const { return edges_[bin + 1]; }
  double centre(std::size_t bin) const { return 0.5 * (low(bin) + high(bin)); }

  /// The bin of an energy; a bin holds its lower edge, and the last one both. None outside.
  std::optional<std::size_t> index(double energy) const;

  /// The showers of each bin (size()), in the order of the sample.
  std::vector<Sample> split(const Sample& sample) const;

 private:
  std::vector<double> edges_;
};

}  // namespace showergan::physics
