#include "physics/metric/energy_spectra.hpp"

#include <algorithm>
#include <cmath>

#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr double kLeastProbability = 1e-3;

bool same_energies(const std::vector<double>& a, const std::vector<double>& b) {
  // Float32 energies that went through MeV and back agree to a few units of the last place.
  constexpr double kRounding = 1e-6;
  return std::ranges::equal(
      a, b, [](double x, double y) { return std::abs(x - y) <= kRounding * std::max(x, y); });
}

}  // namespace

EnergySpectraTest compare_energies(const std::vector<double>& reference,
                                   const std::vector<double>& candidate) {
  if (same_energies(reference, candidate)) return {};
  const KolmogorovSmirnov test = kolmogorov_smirnov(reference, candidate);
  const bool different = test.probability < kLeastProbability;
  return {different ? EnergySpectra::different : EnergySpectra::alike, test.distance,
          test.probability};
}

EnergySpectraTest compare_energies(const Sample& reference, const Sample& candidate) {
  return compare_energies(reference.energy(), candidate.energy());
}

}  // namespace showergan::physics
