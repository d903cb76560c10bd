#pragma once

#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/metric/halves.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// How the metrics of the registry are evaluated.
struct ObservableOptions {
  bool different_spectra = false;  ///< metrics that average over all energies have no value
  /// Showers of a half that the bootstrap draws from at most, evenly in order of energy; the
  /// uncertainty is then scaled by the root of the number. 0: no uncertainties.
  std::int64_t bootstrap_pool = 0;
  int threads = 1;
};

/// All metrics of the registry, which follow from the observables, with floor and uncertainty.
/// Where the halves are too small, the value is that of the whole samples, and the other two lack.
std::vector<MetricResult> observable_metrics(const Halves& halves, const EnergyBins& bins,
                                             const ObservableOptions& options);

}  // namespace showergan::physics
