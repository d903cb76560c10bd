#pragma once

#include <span>
#include <vector>

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// An observable at fixed energy of the primary: what is left of it after the straight line in the
/// energy, fitted to the reference in the bin, is taken away from both samples.
struct Residuals {
  std::vector<double> reference;
  std::vector<double> candidate;
};

Residuals residuals_at_fixed_energy(const Comparison::Bin& bin, Observable observable);

/// Those of all bins of the comparison, one after the other.
Residuals residuals_at_fixed_energy(const Comparison& comparison, Observable observable);

/// Mean over bins and `observables` of |⟨O⟩_R − ⟨O⟩_C| / σ_R at fixed energy. An observable that
/// does not vary in a bin of the reference is left out there.
Outcome mean_shift(const Comparison& comparison, std::span<const Observable> observables);

/// Mean over bins and `observables` of |σ_C − σ_R| / σ_R at fixed energy; left out as above.
Outcome mean_width_deviation(const Comparison& comparison, std::span<const Observable> observables);

}  // namespace showergan::physics
