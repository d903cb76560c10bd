#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "physics/classifier/classifier_result.hpp"
#include "physics/metric/energy_spectra.hpp"
#include "physics/sample.hpp"
#include "physics/shower_set.hpp"

namespace showergan::physics {

/// A metric between candidate and reference, with what it gives between two halves of the
/// reference.
struct MetricResult {
  std::string name;
  std::string group;
  std::optional<double> value;
  std::optional<double> floor;
  std::optional<double> excess;  ///< sqrt(max(0, value² − floor²))
  std::int64_t showers = 0;      ///< on each side of the comparison that gave the value
  std::string reason;            ///< why a number is missing; empty if none is
};

struct ComparisonResult {
  std::vector<MetricResult> metrics;
  std::vector<std::string> warnings;  ///< sentences
  EnergySpectraTest spectra;
  std::vector<ClassifierResult> classifiers;  ///< those that were trained beside; not by compare()
};

/// All metrics of a candidate against a reference, each with its floor.
///
/// **Sample size.** Every metric here is a mean of absolute or squared differences, to which
/// statistical noise only adds: between two sets of one distribution its expectation is not 0 but
/// falls with the number of showers. So all of them depend on the sample size, and all are
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
/// The result does not depend on `threads`. Throws InputError if a set is empty or the two were not
/// measured on the same grid with the same detector.
ComparisonResult compare(const ShowerSet& reference, const ShowerSet& candidate, int threads);

/// The showers of both sets that may be averaged over all energies, for figures: all of them, or
/// where the energy spectra differ equal numbers in each bin of the energy.
std::pair<Sample, Sample> comparable_samples(const ShowerSet& reference,
                                             const ShowerSet& candidate);

}  // namespace showergan::physics
