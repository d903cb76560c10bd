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

EnergySpectraTest compare_energies(const Sample& reference, const Sample& candidate) {
  const std::vector<double> a = reference.energy();
  const std::vector<double> b = candidate.energy();
  if (same_energies(a, b)) return {};
  const KolmogorovSmirnov test = kolmogorov_smirnov(a, b);
  const bool different = test.probability < kLeastProbability;
  return {different ? EnergySpectra::different : EnergySpectra::alike, test.distance,
          test.probability};
}

}  // namespace showergan::physics
