#include "physics/summary/summary.hpp"

#include <utility>

#include "showergan/error.hpp"

#include "physics/energy_bins.hpp"
#include "physics/metric/comparison.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

BinObservable summarize_observable(const Sample& sample, Observable observable) {
  const std::vector<double> values = sample.column(observable);
  return {mean(values), standard_deviation(values), fit_line(sample.energy(), values).slope};
}

SummaryBin summarize_bin(const Sample& sample, double low, double high) {
  SummaryBin bin;
  bin.energy_low = low;
  bin.energy_high = high;
  bin.energy_mean = mean(sample.energy());
  bin.energy_rms = standard_deviation(sample.energy());
  bin.showers = sample.size();
  bin.sampling_fraction = summarize_observable(sample, Observable::sampling_fraction);
  bin.response = summarize_observable(sample, Observable::response);
  bin.depth = summarize_observable(sample, Observable::m1_z);
  bin.hits_300keV = summarize_observable(sample, Observable::hits_300keV);
  bin.profile_x = sample.mean_profile(Profile::slice_x);
  bin.profile_z = sample.mean_profile(Profile::slice_z);
  return bin;
}

}  // namespace

Summary summarize(const ShowerSet& set, std::string source, std::string detector) {
  Summary summary;
  summary.source = std::move(source);
  summary.detector = std::move(detector);
  summary.grid = set.geometry().grid;
  summary.threshold = set.geometry().threshold;
  if (set.size() > 0) {
    const EnergyBins bins(set.energy());
    const std::vector<Sample> split = bins.split(Sample(set));
    for (std::size_t i = 0; i < bins.size(); ++i) {
      if (split[i].size() < kBinPopulation) continue;
      summary.bins.push_back(summarize_bin(split[i], bins.low(i), bins.high(i)));
    }
  }
  if (summary.bins.empty()) {
    throw InputError("too few showers for a summary", "no tenth of the energy range holds 20",
                     "use a larger sample");
  }
  return summary;
}

std::string summarize_monte_carlo(const ShowerSet& set, std::string source, std::string detector,
                                  std::optional<double> ms_per_shower) {
  Summary summary = summarize(set, std::move(source), std::move(detector));
  summary.ms_per_shower = ms_per_shower;
  return to_json(summary);
}

}  // namespace showergan::physics
