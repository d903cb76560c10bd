#include "montecarlo/electron_tables.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "montecarlo/annihilation.hpp"
#include "montecarlo/bremsstrahlung.hpp"
#include "montecarlo/ionisation.hpp"
#include "montecarlo/multiple_scattering.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double lowest_energy = 1e-4;  // MeV

/// Range by R' = 1/loss, Simpson's rule in ln E between nodes, and so that below the lowest energy
/// the loss goes with √E.
class RangeIntegral {
 public:
  template <typename Loss>
  double to(double energy, Loss loss) {
    if (energy_ == 0) {
      range_ = 2 * energy / loss(energy);
    } else {
      const double middle = std::sqrt(energy_ * energy);
      range_ += std::log(energy / energy_) / 6 *
                (energy_ / loss(energy_) + 4 * middle / loss(middle) + energy / loss(energy));
    }
    energy_ = energy;
    return range_;
  }

 private:
  double energy_ = 0;
  double range_ = 0;
};

}  // namespace

ElectronTables::ElectronTables(ParticleKind kind, const Ionisation& ionisation,
                               const Bremsstrahlung& bremsstrahlung,
                               const Annihilation& annihilation,
                               const MultipleScattering& scattering, const Settings& settings)
    : part_of_range_(settings.step_of_range), final_range_(settings.final_range) {
  const auto total_loss = [&](double energy) {
    return ionisation.loss(kind, energy) + bremsstrahlung.loss(kind, energy);
  };
  RangeIntegral integral;
  std::vector<double> energies;
  std::vector<double> ranges;
  std::vector<double> sums;
  table_ = Table(lowest_energy, highest_energy, [&](double energy) {
    Table::Row row{};
    row[loss] = total_loss(energy);
    row[range] = integral.to(energy, total_loss);
    row[transport] = scattering.transport_path(kind, energy);
    row[delta_rays] = ionisation.cross_section(kind, energy);
    row[radiation] = bremsstrahlung.cross_section(kind, energy);
    row[cross_section] = row[delta_rays] + row[radiation];
    if (kind == ParticleKind::positron) row[cross_section] += annihilation.cross_section(energy);
    energies.push_back(energy);
    ranges.push_back(row[range]);
    sums.push_back(row[cross_section]);
    // The range that the longest step leaves, and from there on the largest of the nodes.
    const double left = row[range] - step_limit(row[range]);
    row[step_largest] = 0;
    for (std::size_t i = sums.size(); i-- > 0;) {
      row[step_largest] = std::max(row[step_largest], sums[i]);
      if (ranges[i] < left) break;
    }
    return row;
  });
  energy_ = OctaveTable<>(ranges.front(), ranges.back(), [&](double wanted) {
    const auto after = std::upper_bound(ranges.begin() + 1, ranges.end() - 1, wanted);
    const auto i = static_cast<std::size_t>(after - ranges.begin());
    const double part = std::log(wanted / ranges[i - 1]) / std::log(ranges[i] / ranges[i - 1]);
    return std::array{energies[i - 1] * std::pow(energies[i] / energies[i - 1], part)};
  });
}

double ElectronTables::step_limit(double range) const {
  if (range <= final_range_) return range;
  return part_of_range_ * range + final_range_ * (1 - part_of_range_) * (2 - final_range_ / range);
}

double ElectronTables::mean_loss(const Table::Place& place, double energy, double path) const {
  const double left = at(place, range) - path;
  if (left <= 0) return energy;
  const double straight = at(place, loss) * path;
  if (straight < 0.01 * energy) return straight;
  // The loss in the middle is right to third order, where a difference of ranges would be too
  // coarse.
  if (straight < 0.15 * energy) {
    return table_(energy - 0.5 * straight, loss) * path;
  }
  return std::clamp(energy - energy_(left), 0.0, energy);
}

}  // namespace showergan::montecarlo
