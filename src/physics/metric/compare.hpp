#pragma once

#include <string>
#include <vector>

#include "physics/metric/binned_metrics.hpp"
#include "physics/metric/energy_spectra.hpp"
#include "physics/metric/metric_result.hpp"
#include "physics/metric/similarity_gap.hpp"
#include "physics/shower_set.hpp"

namespace showergan::physics {

/// What is compared beside the metrics of the registry, which are always there.
struct CompareOptions {
  int threads = 1;
  bool uncertainties = false;  ///< from 200 resamplings
  bool features = false;       ///< also `fpd`, `kpd`, `precision`, …: seconds to a minute
  bool bins = false;           ///< also in bins of the energy and of the polar angle
  const ShowerSet* training = nullptr;         ///< showers of the training, for `memorisation`
  const SimilarityPlan* similarity = nullptr;  ///< for `ssim_gap`; the sets keep its images
};

struct ComparisonResult {
  std::vector<MetricResult> metrics;  ///< at all energies
  std::vector<BinMetrics> bins;
  std::vector<std::string> warnings;  ///< sentences
  EnergySpectraTest spectra;
  Similarities similarities;  ///< behind `ssim_gap`; empty without a plan
};

/// All metrics of a candidate against a reference, each with its floor.
///
/// **Sample size.** Every metric of the registry is a mean of absolute or squared differences, to
/// which statistical noise only adds: between two sets of one distribution its expectation is not 0
/// but falls with the number of showers. So all of them depend on the sample size, and all are
/// evaluated with the same number on each side, for the value as for the floor. Both sets are
/// thinned, evenly in order of energy, to the size of the smaller one; each is sorted by energy and
/// its neighbours dealt alternately to two halves R1, R2 and C1, C2. Then
///   value = ½ [M(R1, C1) + M(R2, C2)],  floor = M(R1, R2),
/// so that every shower counts, a set against itself gives exactly 0, and a candidate generated at
/// the reference's energies is compared at equal energies. Bins of the energy span the whole
/// reference; those that count are the ones in which all four halves hold 20 showers.
///
/// Where the halves are too small for that, the value is that of the whole sets, without a floor.
/// Where the energy spectra differ, both sets are first thinned to equal numbers in each energy
/// bin, and metrics that average over all energies have no value.
///
/// **Uncertainty.** The standard deviation of the value over 200 resamplings: for metrics of the
/// registry a bootstrap of the showers within each energy bin, the same ones of both sets where
/// they have the same energies, from up to 2,500 showers of a half, evenly in order of energy,
/// scaled by the root of the number; for the others see their functions.
///
/// The result does not depend on the threads. Throws InputError if a set is empty or the two were
/// not measured on the same grid with the same detector.
ComparisonResult compare(const ShowerSet& reference, const ShowerSet& candidate,
                         const CompareOptions& options);

}  // namespace showergan::physics
