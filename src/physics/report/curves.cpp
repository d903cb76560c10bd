#include "physics/report/curves.hpp"

#include <algorithm>
#include <cmath>

#include "base/units.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {

Curve profile_curve(const Sample& sample, Profile profile) {
  const std::vector<double> mean = sample.mean_profile(profile);
  std::vector<double> variance(mean.size());
  for (const std::int64_t row : sample.rows()) {
    const auto values = sample.set().profile(profile, row);
    for (std::size_t i = 0; i < mean.size(); ++i) {
      variance[i] += (values[i] - mean[i]) * (values[i] - mean[i]);
    }
  }
  const auto n = static_cast<double>(std::max<std::int64_t>(1, sample.size()));
  Curve curve;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    curve.x.push_back(static_cast<double>(i));
    curve.y.push_back(mean[i] / units::MeV);
    curve.error.push_back(std::sqrt(variance[i]) / n / units::MeV);
  }
  return curve;
}

Curve energy_curve(const Sample& sample, Observable observable, const EnergyBins& bins,
                   double scale) {
  const std::vector<Sample> split = bins.split(sample);
  Curve curve;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    if (split[bin].size() < 2) continue;
    const std::vector<double> values = split[bin].column(observable);
    curve.x.push_back(bins.centre(bin));
    curve.y.push_back(scale * mean(values));
    curve.error.push_back(scale * standard_deviation(values) /
                          std::sqrt(static_cast<double>(values.size())));
  }
  return curve;
}

Curve spectrum_curve(const Sample& sample, Spectrum spectrum) {
  const std::vector<double> counts = sample.summed_spectrum(spectrum);
  const std::span<const double> edges = spectrum_edges(spectrum);
  const auto n = static_cast<double>(std::max<std::int64_t>(1, sample.size()));
  Curve curve;
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    const double centre = spectrum == Spectrum::wide ? std::sqrt(edges[bin] * edges[bin + 1])
                                                     : 0.5 * (edges[bin] + edges[bin + 1]);
    curve.x.push_back(centre / units::MeV);
    curve.y.push_back(counts[bin] / n);
    curve.error.push_back(std::sqrt(counts[bin]) / n);
  }
  return curve;
}

}  // namespace showergan::physics
