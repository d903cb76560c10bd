#include "physics/summary/summary_comparison.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"
#include "physics/sample.hpp"
#include "physics/statistics.hpp"
#include "physics/summary/profile_maximum.hpp"

namespace showergan::physics {
namespace {

constexpr double kLeastShare = 0.01;
constexpr std::int64_t kFewShowers = 2000;

void check_grids(const Grid& card, const Grid& set) {
  if (card == set) return;
  throw InputError("the candidate's grid is not that of the Monte Carlo summary",
                   fmt::format("summary {}x{}x{}, candidate {}x{}x{}", card.nx, card.ny, card.nz,
                               set.nx, set.ny, set.nz),
                   "compare showers of the same calorimeter");
}

/// The candidate's showers in a bin of the summary; the upper edge belongs to the last bin only.
Sample select(const Sample& all, const SummaryBin& bin, bool last) {
  std::vector<std::int64_t> rows;
  for (const std::int64_t row : all.rows()) {
    const double energy = all.set().energy()[static_cast<std::size_t>(row)];
    if (energy < bin.energy_low || energy > bin.energy_high) continue;
    if (energy == bin.energy_high && !last) continue;
    rows.push_back(row);
  }
  return {all.set(), std::move(rows)};
}

Deviation deviation(const BinObservable& reference, const SummaryBin& bin, const Sample& sample,
                    Observable observable) {
  std::vector<double> values = sample.column(observable);
  const double energy_shift = mean(sample.energy()) - bin.energy_mean;
  Deviation result;
  result.reference = reference.mean + reference.slope * energy_shift;
  result.candidate = mean(values);
  if (result.reference <= 0) return result;
  result.deviation = (result.candidate - result.reference) / result.reference;
  // What the energies spread along the slope is no error: the means are compared at one energy.
  const double spread = reference.slope * bin.energy_rms;
  const double width = std::sqrt(std::max(0.0, reference.rms * reference.rms - spread * spread));
  const double error_reference = width / std::sqrt(static_cast<double>(bin.showers));
  const std::vector<double> energy = sample.energy();
  for (std::size_t i = 0; i < values.size(); ++i) values[i] -= reference.slope * energy[i];
  const double error_candidate =
      standard_deviation(values) / std::sqrt(static_cast<double>(values.size()));
  result.error = std::hypot(error_candidate, error_reference) / result.reference;
  return result;
}

/// The summary's profile at the candidate's mean energy: a slice grows in proportion to it, nearly.
std::vector<double> scaled(const std::vector<double>& profile, double scale) {
  std::vector<double> result = profile;
  for (double& value : result) value *= scale;
  return result;
}

Outcome mean_deviation(const std::vector<double>& reference, const std::vector<double>& candidate) {
  double total = 0;
  for (const double value : reference) total += value;
  Average average;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (reference[i] <= 0 || reference[i] < kLeastShare * total) continue;
    average.add(std::abs(candidate[i] - reference[i]) / reference[i]);
  }
  return average.outcome("the Monte Carlo profile is empty");
}

void add_weighted(std::vector<double>& sum, const std::vector<double>& values, double weight) {
  sum.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) sum[i] += weight * values[i];
}

void compare_bin(const SummaryBin& bin, const Sample& sample, BinComparison& into,
                 SummaryComparison& result) {
  into.compared = true;
  into.sampling_fraction =
      deviation(bin.sampling_fraction, bin, sample, Observable::sampling_fraction);
  into.response = deviation(bin.response, bin, sample, Observable::response);
  into.depth = deviation(bin.depth, bin, sample, Observable::m1_z);
  into.hits_300keV = deviation(bin.hits_300keV, bin, sample, Observable::hits_300keV);
  const double scale = mean(sample.energy()) / bin.energy_mean;
  const std::vector<double> profile_x = scaled(bin.profile_x, scale);
  const std::vector<double> profile_z = scaled(bin.profile_z, scale);
  into.profile_x =
      mean_deviation(profile_x, sample.mean_profile(Profile::slice_x)).value().value_or(0);
  into.profile_z =
      mean_deviation(profile_z, sample.mean_profile(Profile::slice_z)).value().value_or(0);
  into.maximum_reference = profile_maximum(profile_z);
  into.maximum_candidate = profile_maximum(sample.mean_profile(Profile::slice_z));
  const auto weight = static_cast<double>(sample.size());
  add_weighted(result.profile_x, profile_x, weight);
  add_weighted(result.profile_z, profile_z, weight);
  result.rows.insert(result.rows.end(), sample.rows().begin(), sample.rows().end());
}

MetricResult metric(const std::string& name, const std::string& group, const Outcome& outcome,
                    std::int64_t showers) {
  MetricResult result;
  result.name = name;
  result.group = group;
  result.value = outcome.value();
  result.showers = showers;
  result.reason =
      outcome ? "a floor needs the Monte Carlo showers, not their summary" : outcome.reason();
  return result;
}

Outcome mean_over_bins(const std::vector<BinComparison>& bins, Deviation BinComparison::*quantity) {
  Average average;
  for (const BinComparison& bin : bins) {
    if (bin.compared) average.add(std::abs((bin.*quantity).deviation));
  }
  return average.outcome(kNoBins);
}

void add_metrics(SummaryComparison& result, const ShowerSet& candidate) {
  const Sample compared(candidate, result.rows);
  const std::int64_t n = compared.size();
  const auto add = [&](const std::string& name, const std::string& group, const Outcome& outcome) {
    result.metrics.push_back(metric(name, group, outcome, n));
  };
  add("sampling_fraction_mre", "Energy",
      mean_over_bins(result.bins, &BinComparison::sampling_fraction));
  add("response_mre", "Energy", mean_over_bins(result.bins, &BinComparison::response));
  add("profile_z_mean", "Profiles",
      mean_deviation(result.profile_z, compared.mean_profile(Profile::slice_z)));
  add("profile_x_mean", "Profiles",
      mean_deviation(result.profile_x, compared.mean_profile(Profile::slice_x)));
  add("depth_mre", "Moments", mean_over_bins(result.bins, &BinComparison::depth));
  add("hits_300keV_mre", "Cells", mean_over_bins(result.bins, &BinComparison::hits_300keV));
}

void add_warnings(SummaryComparison& result, const ShowerSet& candidate) {
  const auto outside = candidate.size() - static_cast<std::int64_t>(result.rows.size());
  if (100 * outside > candidate.size()) {
    result.warnings.push_back(
        fmt::format("{} of {} showers of the candidate are in no energy bin of the summary, or in "
                    "one with fewer than {} of them, and are left out.",
                    outside, candidate.size(), kBinPopulation));
  }
  if (candidate.size() < kFewShowers) {
    result.warnings.push_back(
        fmt::format("The candidate holds {} showers, fewer than the {} that a comparison needs.",
                    candidate.size(), kFewShowers));
  }
  if (const std::int64_t empty = candidate.empty_showers(); empty > 0) {
    result.warnings.push_back(
        fmt::format("{} of {} showers of the candidate are empty.", empty, candidate.size()));
  }
}

}  // namespace

SummaryComparison compare_with_summary(const Summary& summary, const ShowerSet& candidate) {
  check_grids(summary.grid, candidate.geometry().grid);
  const Sample all(candidate);
  SummaryComparison result;
  for (std::size_t i = 0; i < summary.bins.size(); ++i) {
    const SummaryBin& bin = summary.bins[i];
    const Sample sample = select(all, bin, i + 1 == summary.bins.size());
    BinComparison compared;
    compared.energy_low = bin.energy_low;
    compared.energy_high = bin.energy_high;
    compared.showers = sample.size();
    result.bins.push_back(compared);
    if (sample.size() >= kBinPopulation) compare_bin(bin, sample, result.bins.back(), result);
  }
  if (result.rows.empty()) {
    throw InputError("the candidate cannot be compared with the Monte Carlo summary",
                     "no energy bin of the summary holds 20 of its showers",
                     fmt::format("generate more showers between {:g} and {:g} GeV",
                                 summary.bins.front().energy_low, summary.bins.back().energy_high));
  }
  for (auto* profile : {&result.profile_x, &result.profile_z}) {
    for (double& value : *profile) value /= static_cast<double>(result.rows.size());
  }
  add_metrics(result, candidate);
  add_warnings(result, candidate);
  return result;
}

SummaryComparison compare_with_card(std::string_view json, const std::string& where,
                                    const ShowerSet& candidate) {
  return compare_with_summary(parse_summary(json, where), candidate);
}

}  // namespace showergan::physics
