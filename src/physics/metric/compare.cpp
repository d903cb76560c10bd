#include "physics/metric/compare.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "physics/energy_bins.hpp"
#include "physics/metric/feature_metrics.hpp"
#include "physics/metric/halves.hpp"
#include "physics/metric/memorisation.hpp"
#include "physics/metric/observable_metrics.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kFewShowers = 2000;
constexpr std::int64_t kBootstrapPool = 2500;  // of a half

void check_sets(const ShowerSet& reference, const ShowerSet& candidate) {
  const Grid& a = reference.geometry().grid;
  const Grid& b = candidate.geometry().grid;
  if (a != b) {
    throw InputError(
        "the two sets have different grids",
        fmt::format("reference {}x{}x{}, candidate {}x{}x{}", a.nx, a.ny, a.nz, b.nx, b.ny, b.nz),
        "compare showers of the same calorimeter");
  }
  if (reference.geometry() != candidate.geometry()) {
    throw InputError("the two sets were measured with different detector descriptions", "",
                     "use one description for both");
  }
  for (const auto* set : {&reference, &candidate}) {
    if (set->size() > 0) continue;
    throw InputError(set == &reference ? "the reference holds no showers"
                                       : "the candidate holds no showers");
  }
}

std::vector<std::string> warnings_about(const ShowerSet& reference, const ShowerSet& candidate,
                                        const EnergySpectraTest& spectra) {
  std::vector<std::string> warnings;
  for (const auto* set : {&reference, &candidate}) {
    const char* name = set == &reference ? "reference" : "candidate";
    if (set->size() < kFewShowers) {
      warnings.push_back(fmt::format(
          "The {} holds {} showers, fewer than the {} that a comparison needs: read every number "
          "against its floor.",
          name, set->size(), kFewShowers));
    }
    if (const std::int64_t empty = set->empty_showers(); empty > 0) {
      warnings.push_back(
          fmt::format("{} of {} showers of the {} are empty (no cell above {:g} GeV).", empty,
                      set->size(), name, set->geometry().threshold));
    }
  }
  if (spectra.verdict == EnergySpectra::different) {
    warnings.push_back(fmt::format(
        "The two sets have different energy spectra (Kolmogorov-Smirnov distance {:.3f}, "
        "probability {:.1e}): they are compared in bins of the energy only, with equal numbers in "
        "each bin; generate the candidate with --like REFERENCE.",
        spectra.distance, spectra.probability));
  }
  if (spectra.verdict == EnergySpectra::alike) {
    warnings.push_back(
        "The candidate was not generated at the reference's energies (--like): hits, profiles and "
        "spectra carry the fluctuations of the energies, which their floors do not.");
  }
  return warnings;
}

void append(std::vector<MetricResult>& results, std::vector<MetricResult> more) {
  std::ranges::move(more, std::back_inserter(results));
}

}  // namespace

ComparisonResult compare(const ShowerSet& reference, const ShowerSet& candidate,
                         const CompareOptions& options) {
  check_sets(reference, candidate);
  const Sample all_reference(reference);
  const Sample all_candidate(candidate);
  ComparisonResult result;
  result.spectra = compare_energies(all_reference, all_candidate);
  result.warnings = warnings_about(reference, candidate, result.spectra);
  const bool different = result.spectra.verdict == EnergySpectra::different;
  const EnergyBins bins(reference.energy());
  const Halves halves = deal_to_halves(all_reference, all_candidate, bins, different);
  const int threads = std::max(1, options.threads);
  result.metrics = observable_metrics(
      halves, bins, {different, options.uncertainties ? kBootstrapPool : 0, threads});
  if (options.features) {
    append(result.metrics, feature_metrics(halves, different, options.uncertainties, threads));
  }
  if (options.training != nullptr) {
    result.metrics.push_back(
        memorisation(halves.reference, halves.candidate, *options.training, threads));
  }
  if (options.similarity != nullptr) {
    result.similarities = similarities_of(reference, candidate, *options.similarity, threads);
    result.metrics.push_back(similarity_gap(result.similarities, threads));
  }
  if (options.bins) {
    result.bins = binned_metrics(all_reference, all_candidate, options.uncertainties, threads);
  }
  return result;
}

}  // namespace showergan::physics
