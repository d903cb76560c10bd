#include "physics/metric/compare.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/threads.hpp"
#include "physics/energy_bins.hpp"
#include "physics/metric/balanced_samples.hpp"
#include "physics/metric/comparison.hpp"
#include "physics/metric/registry.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kFewShowers = 2000;

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

/// The comparisons that every metric is evaluated on.
struct Comparisons {
  Comparison first;   // R1, C1
  Comparison second;  // R2, C2
  Comparison halves;  // R1, R2
  Comparison whole;   // R, C
};

Comparisons pair_up(const Sample& reference, const Sample& candidate, const EnergyBins& bins,
                    bool different) {
  const std::int64_t size = std::min(reference.size(), candidate.size());
  const std::vector<Sample> all = {reference, candidate};
  const std::vector<Sample> used =
      different ? balance(all, bins) : std::vector{thin(reference, size), thin(candidate, size)};
  const Sample& r = used[0];
  const Sample& c = used[1];
  const auto [r1, r2] = deal(r);
  const auto [c1, c2] = deal(c);
  const std::vector<Sample> parts = {r1, r2, c1, c2};
  const std::vector<std::size_t> populated = populated_bins(bins, parts);
  return {Comparison(r1, c1, bins, populated), Comparison(r2, c2, bins, populated),
          Comparison(r1, r2, bins, populated), Comparison(r, c, bins)};
}

std::optional<double> excess(std::optional<double> value, std::optional<double> floor) {
  if (!value || !floor) return std::nullopt;
  return std::sqrt(std::max(0.0, *value * *value - *floor * *floor));
}

MetricResult evaluate(const Metric& metric, const Comparisons& on, bool different) {
  MetricResult result;
  result.name = metric.name;
  result.group = metric.group;
  if (metric.pooled && different) {
    result.reason = "the energy spectra differ and it averages over all energies";
    return result;
  }
  const Outcome floor = metric.evaluate(on.halves);
  const Outcome first = metric.evaluate(on.first);
  const Outcome second = metric.evaluate(on.second);
  if (floor && first && second) {
    result.value = 0.5 * (*first.value() + *second.value());
    result.floor = floor.value();
    result.excess = excess(result.value, result.floor);
    result.showers = on.first.reference().size();
    return result;
  }
  const Outcome whole = metric.evaluate(on.whole);
  result.value = whole.value();
  result.showers = on.whole.reference().size();
  result.reason = whole
                      ? "too few showers for a floor: in halves of the sets, " + (!floor   ? floor
                                                                                  : !first ? first
                                                                                           : second)
                                                                                     .reason()
                      : whole.reason();
  return result;
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

}  // namespace

ComparisonResult compare(const ShowerSet& reference, const ShowerSet& candidate, int threads) {
  check_sets(reference, candidate);
  const Sample all_reference(reference);
  const Sample all_candidate(candidate);
  ComparisonResult result;
  result.spectra = compare_energies(all_reference, all_candidate);
  result.warnings = warnings_about(reference, candidate, result.spectra);
  const bool different = result.spectra.verdict == EnergySpectra::different;
  const EnergyBins bins(reference.energy());
  const Comparisons comparisons = pair_up(all_reference, all_candidate, bins, different);
  result.metrics.resize(metrics().size());
  parallel_for(std::max(1, threads), static_cast<std::int64_t>(metrics().size()),
               [&](std::int64_t i, int) {
                 const auto index = static_cast<std::size_t>(i);
                 result.metrics[index] = evaluate(metrics()[index], comparisons, different);
               });
  return result;
}

}  // namespace showergan::physics
