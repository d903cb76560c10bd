#include "physics/energy_bins.hpp"

#include <algorithm>
#include <cstdint>

#include "base/contract.hpp"

namespace showergan::physics {

EnergyBins::EnergyBins(std::span<const double> reference_energy) {
  SHOWERGAN_EXPECT(!reference_energy.empty());
  const auto [lowest, highest] = std::ranges::minmax(reference_energy);
  // Energies travel as float32: those of one value agree to its rounding only.
  constexpr double kRounding = 1e-6;
  if (highest - lowest <= kRounding * highest) {
    edges_ = {lowest * (1 - kRounding), highest * (1 + kRounding)};
    return;
  }
  for (int i = 0; i <= kCount; ++i) edges_.push_back(lowest + (highest - lowest) * i / kCount);
  edges_.back() = highest;
}

std::optional<std::size_t> EnergyBins::index(double energy) const {
  if (!(energy >= edges_.front() && energy <= edges_.back())) return std::nullopt;
  const auto above = std::upper_bound(edges_.begin(), edges_.end() - 1, energy);
  return static_cast<std::size_t>(above - edges_.begin()) - 1;
}

std::vector<Sample> EnergyBins::split(const Sample& sample) const {
  std::vector<std::vector<std::int64_t>> rows(size());
  const std::span<const double> energy = sample.set().energy();
  for (const std::int64_t row : sample.rows()) {
    if (const auto bin = index(energy[static_cast<std::size_t>(row)])) rows[*bin].push_back(row);
  }
  std::vector<Sample> bins;
  for (auto& members : rows) bins.emplace_back(sample.set(), std::move(members));
  return bins;
}

}  // namespace showergan::physics
