#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "showergan/condition.hpp"

#include "gan/recipe.hpp"
#include "shower/shower_batch.hpp"
#include "store/checkpoint.hpp"

namespace showergan::gan {

/// Whether generated showers hold, on average, as much energy as those of the Monte Carlo in each
/// layer and ring of cells around the axis, for low, middle, and high energies of the primary. What
/// is compared are finished cells, as they are after layers have been conditioned; the spectra that
/// they were drawn from are right when they are told nothing.
///
/// Sums over one batch fluctuate too much, so they are averaged over the last ones, and it is these
/// averages whose ratio says whether cells of a class should rise or fall.
class ProfileBalance {
 public:
  /// `energies`: range of the primary's energy, GeV.
  ProfileBalance(const ProfileRecipe& recipe, const Grid& grid, const ConditionRange& energies);

  /// Images (n, cells) of as many showers with the same `energies` (n). Returns by how much the
  /// averages of generated showers differ from the others', |difference| over the energy of all.
  double observe(std::span<const float> truth, std::span<const float> generated,
                 std::span<const double> energies);

  /// Adds weight × (1 − S / S') / (`all` cells of the batch) MeV⁻¹ to the gradient (n, cells) of
  /// generated cells in GeV, where S and S' are the averages of the cell's class in Monte Carlo and
  /// generated showers: the gradient of a Poisson distribution's deviance (as in
  /// cell_mean_deviance).
  void add_gradient(std::span<const double> energies, std::int64_t all,
                    std::span<float> gradient) const;

  void store(const std::string& name, Checkpoint& checkpoint) const;
  void restore(const std::string& name, const Checkpoint& checkpoint);

 private:
  static constexpr std::int64_t kEnergyClasses = 3;

  std::int64_t energy_class(double energy) const;
  /// Energy in each class of images (n, cells), GeV.
  std::vector<double> sums(std::span<const float> images, std::span<const double> energies) const;

  ProfileRecipe recipe_;
  double log_low_;
  double log_high_;
  std::int64_t rings_ = 0;
  std::int64_t layers_;
  std::vector<std::int64_t> places_;  ///< layer and ring of each cell, as one number
  std::vector<float> truth_;          ///< (energy class, place)
  std::vector<float> generated_;
};

}  // namespace showergan::gan
