#pragma once

#include <span>
#include <vector>

namespace showergan::physics {

/// Arithmetic mean; 0 for no numbers.
double mean(std::span<const double> values);

/// Standard deviation about the mean, divided by n (not n − 1); 0 for no numbers.
double standard_deviation(std::span<const double> values);

/// Quantile of sorted numbers, linear between neighbours (type 7 of R. J. Hyndman and Y. Fan, The
/// American Statistician 50 (1996) 361; the default of NumPy). `sorted` must not be empty.
double quantile_of_sorted(std::span<const double> sorted, double probability);

/// Pearson's correlation coefficient of numbers in pairs; 0 if either does not vary.
double correlation(std::span<const double> a, std::span<const double> b);

/// The straight line y = offset + slope·x.
struct Line {
  double offset = 0;
  double slope = 0;
  double at(double x) const noexcept { return offset + slope * x; }
};

/// Least-squares line through points; of slope 0 if x does not vary.
Line fit_line(std::span<const double> x, std::span<const double> y);

/// Two-sample Kolmogorov–Smirnov test: the largest distance of the two empirical distribution
/// functions, and the probability of a larger one if both samples come from one distribution
/// (asymptotic, with the correction of M. A. Stephens, J. R. Stat. Soc. B 32 (1970) 115).
struct KolmogorovSmirnov {
  double distance = 0;
  double probability = 1;
};
KolmogorovSmirnov kolmogorov_smirnov(std::vector<double> a, std::vector<double> b);

}  // namespace showergan::physics
