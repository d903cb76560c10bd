#include "physics/calochallenge/compare_voxels.hpp"

#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "physics/calochallenge/distance_metrics.hpp"
#include "physics/calochallenge/outside_ranges.hpp"
#include "physics/calochallenge/protocol_observable.hpp"
#include "physics/calochallenge/same_voxels.hpp"
#include "physics/calochallenge/separation_metrics.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kFewShowers = 2000;
constexpr const char* kSpectraDiffer =
    "the energy spectra differ and it averages over all energies";

void check_sets(const VoxelSet& reference, const VoxelSet& candidate) {
  if (reference.size() == 0) throw InputError("the reference holds no showers");
  if (candidate.size() == 0) throw InputError("the candidate holds no showers");
  if (same_voxels(reference.binning(), candidate.binning())) return;
  throw InputError("the two sets have different binnings", "",
                   "compare showers of one calorimeter");
}

/// On the observables that are not compared in the ranges of the protocol; empty if all are.
std::string range_warning(const VoxelSet& reference) {
  std::vector<std::string> names;
  for (const ProtocolObservable& observable : protocol_observables(reference)) {
    if (leaves_the_protocol(reference, observable)) names.push_back(observable.name);
  }
  if (names.empty()) return "";
  return fmt::format(
      "Most of the reference is outside the protocol's range for {}{}: compared in the range of "
      "the "
      "reference, which published numbers are not.",
      names.front(),
      names.size() == 1 ? "" : fmt::format(" and {} other observables", names.size() - 1));
}

std::vector<std::string> warnings_about(const ComparedVoxels& sets) {
  std::vector<std::string> warnings;
  for (const auto* set : {&sets.reference, &sets.candidate}) {
    const char* name = set == &sets.reference ? "reference" : "candidate";
    if (set->size() < kFewShowers) {
      warnings.push_back(fmt::format(
          "The {} holds {} showers, fewer than the {} that a comparison needs: read every number "
          "against its floor.",
          name, set->size(), kFewShowers));
    }
    if (const std::int64_t empty = set->empty_showers(); empty > 0) {
      warnings.push_back(
          fmt::format("{} of {} showers of the {} are empty.", empty, set->size(), name));
    }
  }
  if (std::string ranges = range_warning(sets.reference); !ranges.empty()) {
    warnings.push_back(std::move(ranges));
  }
  if (sets.spectra.verdict == EnergySpectra::alike) {
    warnings.push_back(
        "The candidate was not generated at the reference's energies (--like): energies carry the "
        "fluctuations of the primary energies.");
  }
  if (sets.spectra.verdict == EnergySpectra::different) {
    warnings.push_back(fmt::format(
        "The two sets have different energy spectra (Kolmogorov-Smirnov distance {:.3f}, "
        "probability {:.1e}), which the protocol does not provide for: make the candidate at the "
        "energies of the reference.",
        sets.spectra.distance, sets.spectra.probability));
  } else if (const auto outside = outside_ranges(sets)) {
    warnings.push_back(*outside);
  }
  return warnings;
}

void take_values(std::vector<MetricResult>& metrics) {
  for (MetricResult& metric : metrics) {
    metric.value = metric.floor = metric.excess = metric.uncertainty = std::nullopt;
    metric.reason = kSpectraDiffer;
  }
}

}  // namespace

ComparisonResult compare_voxels(const VoxelSet& reference, const VoxelSet& candidate,
                                const CompareVoxelsOptions& options) {
  check_sets(reference, candidate);
  const ComparedVoxels sets(reference, candidate);
  const bool different = sets.spectra.verdict == EnergySpectra::different;
  ComparisonResult result;
  result.spectra = sets.spectra;
  result.warnings = warnings_about(sets);
  result.metrics = separation_metrics(sets, options.uncertainties && !different, options.threads);
  if (options.distances && !different) {
    for (MetricResult& metric : distance_metrics(sets, options.uncertainties, options.threads)) {
      result.metrics.push_back(std::move(metric));
    }
  }
  if (different) take_values(result.metrics);
  return result;
}

}  // namespace showergan::physics
