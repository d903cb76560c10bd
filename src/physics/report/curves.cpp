#include "physics/report/curves.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/units.hpp"
#include "physics/metric/fixed_energy.hpp"
#include "physics/metric/resolution.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kBins = 40;

/// Mean and variance over showers of a row of numbers.
struct Spread {
  std::vector<double> mean;
  std::vector<double> variance;
  double showers = 0;
};

/// Of the rows that `row(i, values)` fills for shower i of the sample.
Spread spread_of(const Sample& sample, std::size_t width,
                 const std::function<void(std::int64_t row, std::span<double> values)>& fill) {
  Spread spread = {std::vector<double>(width), std::vector<double>(width),
                   static_cast<double>(std::max<std::int64_t>(1, sample.size()))};
  std::vector<double> values(width);
  for (const bool second_pass : {false, true}) {
    for (const std::int64_t row : sample.rows()) {
      fill(row, values);
      for (std::size_t i = 0; i < width; ++i) {
        const double step = values[i] - spread.mean[i];
        if (second_pass) spread.variance[i] += step * step / spread.showers;
      }
      if (second_pass) continue;
      for (std::size_t i = 0; i < width; ++i) values[i] /= spread.showers;
      for (std::size_t i = 0; i < width; ++i) spread.mean[i] += values[i];
    }
  }
  return spread;
}

Spread profile_spread(const Sample& sample, Profile profile) {
  return spread_of(sample, sample.set().width(profile),
                   [&](std::int64_t row, std::span<double> values) {
                     std::ranges::copy(sample.set().profile(profile, row), values.begin());
                   });
}

void add_point(Curve& curve, double x, double y, double error) {
  curve.x.push_back(x);
  curve.y.push_back(y);
  curve.error.push_back(error);
}

}  // namespace

Curve profile_curve(const Sample& sample, Profile profile, double scale) {
  const Spread spread = profile_spread(sample, profile);
  Curve curve;
  for (std::size_t i = 0; i < spread.mean.size(); ++i) {
    add_point(curve, static_cast<double>(i), scale * spread.mean[i],
              scale * std::sqrt(spread.variance[i] / spread.showers));
  }
  return curve;
}

Curve profile_spread_curve(const Sample& sample, Profile profile) {
  const Spread spread = profile_spread(sample, profile);
  Curve curve;
  for (std::size_t i = 0; i < spread.mean.size(); ++i) {
    const double sigma = std::sqrt(spread.variance[i]);
    add_point(curve, static_cast<double>(i), sigma, sigma / std::sqrt(2 * spread.showers));
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
    add_point(curve, bins.centre(bin), scale * mean(values),
              scale * standard_deviation(values) / std::sqrt(static_cast<double>(values.size())));
  }
  return curve;
}

Curve resolution_curve(const Sample& reference, const Sample& sample, const EnergyBins& bins) {
  constexpr double kPercent = 100;
  // Of the quantiles at 16 and 84 % of n normal numbers: √(p(1−p) − p²) / (√2 φ(z_p)) = 0.96.
  constexpr double kErrorOfSigma68 = 0.96;
  const Comparison comparison(reference, sample, bins);
  Curve curve;
  for (const Comparison::Bin& bin : comparison.bins()) {
    const double response = mean(bin.candidate.column(Observable::response));
    if (response <= 0) continue;
    const Residuals residuals = residuals_at_fixed_energy(bin, Observable::response);
    const double sigma = kPercent * half_central_68(residuals.candidate) / response;
    const double energy = bin.reference.energy().front();
    add_point(curve, bins.centre(*bins.index(energy)), sigma,
              kErrorOfSigma68 * sigma / std::sqrt(static_cast<double>(bin.candidate.size())));
  }
  return curve;
}

Curve spectrum_curve(const Sample& sample, Spectrum spectrum) {
  const std::span<const double> edges = spectrum_edges(spectrum);
  const Spread spread =
      spread_of(sample, edges.size() - 1, [&](std::int64_t row, std::span<double> values) {
        std::ranges::copy(sample.set().spectrum(spectrum, row), values.begin());
      });
  Curve curve;
  for (std::size_t bin = 0; bin < spread.mean.size(); ++bin) {
    const double centre = spectrum == Spectrum::mip ? 0.5 * (edges[bin] + edges[bin + 1])
                                                    : std::sqrt(edges[bin] * edges[bin + 1]);
    add_point(curve, centre / units::MeV, spread.mean[bin],
              std::sqrt(spread.variance[bin] / spread.showers));
  }
  return curve;
}

Curve sparsity_curve(const Sample& sample) {
  const std::span<const double> edges = spectrum_edges(Spectrum::full);
  const double percent = 100 / static_cast<double>(sample.set().geometry().grid.cells());
  const Spread spread =
      spread_of(sample, edges.size() - 1, [&](std::int64_t row, std::span<double> values) {
        const auto counts = sample.set().spectrum(Spectrum::full, row);
        double above = 0;
        for (std::size_t bin = counts.size(); bin-- > 0;) {
          above += counts[bin];
          values[bin] = percent * above;
        }
      });
  Curve curve;
  for (std::size_t bin = 0; bin < spread.mean.size() && spread.mean[bin] > 0; ++bin) {
    add_point(curve, edges[bin] / units::MeV, spread.mean[bin],
              std::sqrt(spread.variance[bin] / spread.showers));
  }
  return curve;
}

std::vector<Curve> distribution_curves(const std::vector<std::vector<double>>& values,
                                       const HistogramAxis& axis) {
  constexpr double kPercent = 100;
  std::vector<Curve> curves;
  for (const std::vector<double>& some : values) {
    const std::vector<double> bins = normalised_histogram(some, axis);
    const auto n = static_cast<double>(std::max<std::size_t>(1, some.size()));
    Curve curve;
    for (std::size_t i = 0; i < bins.size(); ++i) {
      add_point(curve, axis.centre(i), kPercent * bins[i], kPercent * std::sqrt(bins[i] / n));
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

std::vector<Curve> distribution_curves(const std::vector<std::vector<double>>& values) {
  return distribution_curves(values, axis_over(values.front(), kBins));
}

std::vector<Curve> index_curves(const std::vector<std::vector<double>>& values, std::size_t count) {
  return distribution_curves(values, {-0.5, static_cast<double>(count) - 0.5, count});
}

}  // namespace showergan::physics
