#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

namespace showergan::montecarlo {

/// Integral of `density` over [from, to] by Simpson's rule.
inline double integral(const std::function<double(double)>& density, double from, double to) {
  constexpr int steps = 200;
  const double step = (to - from) / steps;
  double sum = density(from) + density(to);
  for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * density(from + i * step);
  return sum * step / 3;
}

/// χ² of `count` values from `draw` in equal bins of [from, to] against `density` (any
/// normalisation), in standard deviations above its expectation: about normal, of mean 0 and
/// variance 1, if the values are distributed so. Values outside make it infinite.
inline double excess_chi_square(const std::function<double()>& draw,
                                const std::function<double(double)>& density, double from,
                                double to, std::size_t bins = 40, int count = 200000) {
  std::vector<double> expected(bins);
  const double width = (to - from) / static_cast<double>(bins);
  double total = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    const double edge = from + static_cast<double>(i) * width;
    total += expected[i] = integral(density, edge, edge + width);
  }
  std::vector<int> found(bins);
  for (int i = 0; i < count; ++i) {
    const double value = draw();
    if (!(value >= from && value <= to)) return INFINITY;
    const auto bin = static_cast<std::size_t>((value - from) / width);
    ++found[bin < bins ? bin : bins - 1];
  }
  double chi_square = 0;
  double freedom = -1;
  double rare_found = 0;
  double rare_expected = 0;
  const auto add = [&](double n, double mean) {
    chi_square += (n - mean) * (n - mean) / mean;
    ++freedom;
  };
  for (std::size_t i = 0; i < bins; ++i) {
    const double mean = expected[i] / total * count;
    if (mean >= 10) {
      add(found[i], mean);
    } else {
      rare_found += found[i];
      rare_expected += mean;
    }
  }
  if (rare_expected >= 10) add(rare_found, rare_expected);
  return (chi_square - freedom) / std::sqrt(2 * freedom);
}

}  // namespace showergan::montecarlo
