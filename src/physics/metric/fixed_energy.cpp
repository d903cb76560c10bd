#include "physics/metric/fixed_energy.hpp"

#include <cmath>

#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

const std::string kNoWidth = "the reference does not vary";

std::vector<double> subtract(const Line& line, const Sample& sample, Observable observable) {
  std::vector<double> values = sample.column(observable);
  const std::vector<double> energy = sample.energy();
  for (std::size_t i = 0; i < values.size(); ++i) values[i] -= line.at(energy[i]);
  return values;
}

/// Mean of `deviation(residuals, σ_R)` over bins and observables.
template <class Deviation>
Outcome mean_over_bins(const Comparison& comparison, std::span<const Observable> observables,
                       Deviation deviation) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  Average average;
  for (const Comparison::Bin& bin : comparison.bins()) {
    for (const Observable observable : observables) {
      const Residuals residuals = residuals_at_fixed_energy(bin, observable);
      const double width = standard_deviation(residuals.reference);
      if (width > 0) average.add(deviation(residuals, width));
    }
  }
  return average.outcome(kNoWidth);
}

}  // namespace

Residuals residuals_at_fixed_energy(const Comparison::Bin& bin, Observable observable) {
  const Line line = fit_line(bin.reference.energy(), bin.reference.column(observable));
  return {subtract(line, bin.reference, observable), subtract(line, bin.candidate, observable)};
}

Residuals residuals_at_fixed_energy(const Comparison& comparison, Observable observable) {
  Residuals all;
  for (const Comparison::Bin& bin : comparison.bins()) {
    const Residuals some = residuals_at_fixed_energy(bin, observable);
    all.reference.insert(all.reference.end(), some.reference.begin(), some.reference.end());
    all.candidate.insert(all.candidate.end(), some.candidate.begin(), some.candidate.end());
  }
  return all;
}

Outcome mean_shift(const Comparison& comparison, std::span<const Observable> observables) {
  return mean_over_bins(comparison, observables, [](const Residuals& residuals, double width) {
    return std::abs(mean(residuals.reference) - mean(residuals.candidate)) / width;
  });
}

Outcome mean_width_deviation(const Comparison& comparison,
                             std::span<const Observable> observables) {
  return mean_over_bins(comparison, observables, [](const Residuals& residuals, double width) {
    return std::abs(standard_deviation(residuals.candidate) - width) / width;
  });
}

}  // namespace showergan::physics
