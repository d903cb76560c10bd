#pragma once

#include <span>
#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// The samples thinned so that all have the same number of showers in each bin of the energy, in
/// their order; what lies outside the bins is left out.
std::vector<Sample> balance(std::span<const Sample> samples, const EnergyBins& bins);

/// The showers of the reference and the candidates that may be averaged over all energies, the
/// reference first: all of them, or where the energy spectrum of a candidate differs equal numbers
/// in each bin of the energy.
std::vector<Sample> comparable_samples(const ShowerSet& reference,
                                       std::span<const ShowerSet* const> candidates);

}  // namespace showergan::physics
