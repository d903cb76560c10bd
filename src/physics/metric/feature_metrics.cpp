#include "physics/metric/feature_metrics.hpp"

#include <string>
#include <utility>

#include "physics/metric/feature_result.hpp"
#include "physics/metric/frechet_metric.hpp"
#include "physics/metric/kernel_metric.hpp"
#include "physics/metric/neighbour_results.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kLeastShowers = 100;

std::vector<MetricResult> without_values(const std::string& reason, std::int64_t showers) {
  std::vector<MetricResult> results;
  for (const char* name : {"fpd", "kpd", "precision", "recall", "density", "coverage"}) {
    results.push_back(feature_result(name, static_cast<std::size_t>(showers)));
    results.back().reason = reason;
  }
  return results;
}

}  // namespace

std::vector<MetricResult> feature_metrics(const Halves& halves, bool different, bool uncertainties,
                                          int threads) {
  if (different) {
    return without_values("the energy spectra differ and it averages over all energies",
                          halves.size());
  }
  if (halves.size() < kLeastShowers) {
    return without_values("fewer than 100 showers in a half of the sets", halves.size());
  }
  std::vector<MetricResult> results = {frechet_metric(halves, uncertainties, threads),
                                       kernel_metric(halves, uncertainties, threads)};
  for (MetricResult& result : neighbour_results(halves, uncertainties, threads)) {
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace showergan::physics
