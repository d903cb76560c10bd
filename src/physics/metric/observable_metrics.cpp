#include "physics/metric/observable_metrics.hpp"

#include <array>
#include <cmath>

#include "base/threads.hpp"
#include "physics/metric/comparison.hpp"
#include "physics/metric/registry.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

/// The comparisons that every metric is evaluated on.
struct Comparisons {
  Comparison first;
  Comparison second;
  Comparison halves;
  Comparison whole;
};

Comparisons pair_up(const Halves& of, const EnergyBins& bins) {
  const std::vector<Sample> parts = {of.reference_1, of.reference_2, of.candidate_1,
                                     of.candidate_2};
  const std::vector<std::size_t> populated = populated_bins(bins, parts);
  return {Comparison(of.reference_1, of.candidate_1, bins, populated),
          Comparison(of.reference_2, of.candidate_2, bins, populated),
          Comparison(of.reference_1, of.reference_2, bins, populated),
          Comparison(of.reference, of.candidate, bins)};
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
    result.excess = excess_of(result.value, result.floor);
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

/// The two comparisons that make a value, with showers drawn by bootstrap.
std::array<Comparison, 2> resampled(const Halves& from, const EnergyBins& bins,
                                    std::span<const std::size_t> populated,
                                    std::uint64_t resampling) {
  const auto draw = [&](const Sample& sample, HalfName half) {
    return bootstrap(sample, bins, stream_of(half, resampling, from.paired));
  };
  return {Comparison(draw(from.reference_1, HalfName::reference_1),
                     draw(from.candidate_1, HalfName::candidate_1), bins, populated),
          Comparison(draw(from.reference_2, HalfName::reference_2),
                     draw(from.candidate_2, HalfName::candidate_2), bins, populated)};
}

Halves thinned(const Halves& halves, std::int64_t size) {
  Halves result = halves;
  for (Sample* half :
       {&result.reference_1, &result.reference_2, &result.candidate_1, &result.candidate_2}) {
    *half = thin(*half, size);
  }
  return result;
}

void add_uncertainties(const Halves& halves, const EnergyBins& bins,
                       const ObservableOptions& options, std::vector<MetricResult>& results) {
  const Halves pool = thinned(halves, options.bootstrap_pool);
  const std::vector<Sample> parts = {pool.reference_1, pool.reference_2, pool.candidate_1,
                                     pool.candidate_2};
  const std::vector<std::size_t> populated = populated_bins(bins, parts);
  std::vector<std::vector<double>> values(results.size(), std::vector<double>(kResamplings, NAN));
  parallel_for(options.threads, kResamplings, [&](std::int64_t i, int) {
    const auto [first, second] = resampled(pool, bins, populated, static_cast<std::uint64_t>(i));
    for (std::size_t m = 0; m < results.size(); ++m) {
      if (!results[m].floor) continue;
      const Outcome a = metrics()[m].evaluate(first);
      const Outcome b = metrics()[m].evaluate(second);
      if (a && b) values[m][static_cast<std::size_t>(i)] = 0.5 * (*a.value() + *b.value());
    }
  });
  const double scale = std::sqrt(static_cast<double>(pool.size()) /
                                 static_cast<double>(std::max<std::int64_t>(1, halves.size())));
  for (std::size_t m = 0; m < results.size(); ++m) {
    const double spread = scale * standard_deviation(values[m]);
    if (std::isfinite(spread)) results[m].uncertainty = spread;
  }
}

}  // namespace

std::vector<MetricResult> observable_metrics(const Halves& halves, const EnergyBins& bins,
                                             const ObservableOptions& options) {
  const Comparisons comparisons = pair_up(halves, bins);
  std::vector<MetricResult> results(metrics().size());
  parallel_for(
      options.threads, static_cast<std::int64_t>(results.size()), [&](std::int64_t i, int) {
        const auto index = static_cast<std::size_t>(i);
        results[index] = evaluate(metrics()[index], comparisons, options.different_spectra);
      });
  if (options.bootstrap_pool > 0) add_uncertainties(halves, bins, options, results);
  return results;
}

}  // namespace showergan::physics
