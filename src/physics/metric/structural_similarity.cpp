#include "physics/metric/structural_similarity.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"

namespace showergan::physics {
namespace {

constexpr double kSigma = 1.5;  // cells
constexpr double kK1 = 0.01;
constexpr double kK2 = 0.03;

std::vector<double> gaussian_window() {
  std::vector<double> window;
  double sum = 0;
  constexpr std::int64_t kRadius = StructuralSimilarity::kWindow / 2;
  for (std::int64_t i = -kRadius; i <= kRadius; ++i) {
    window.push_back(std::exp(-0.5 * static_cast<double>(i * i) / (kSigma * kSigma)));
    sum += window.back();
  }
  for (double& weight : window) weight /= sum;
  return window;
}

/// Sums over windows along the middle one of three axes, (outer, length, inner) →
/// (outer, length − window + 1, inner).
std::vector<double> smooth_axis(std::span<const double> values, std::size_t outer,
                                std::size_t length, std::size_t inner,
                                std::span<const double> window) {
  const std::size_t shorter = length - window.size() + 1;
  std::vector<double> result(outer * shorter * inner);
  for (std::size_t o = 0; o < outer; ++o) {
    for (std::size_t i = 0; i < shorter; ++i) {
      double* to = &result[(o * shorter + i) * inner];
      for (std::size_t w = 0; w < window.size(); ++w) {
        const double* from = &values[(o * length + i + w) * inner];
        for (std::size_t k = 0; k < inner; ++k) to[k] += window[w] * from[k];
      }
    }
  }
  return result;
}

}  // namespace

StructuralSimilarity::StructuralSimilarity(const Grid& grid, double range)
    : grid_(grid),
      c1_(kK1 * range * kK1 * range),
      c2_(kK2 * range * kK2 * range),
      window_(gaussian_window()) {
  SHOWERGAN_EXPECT(std::min({grid.nx, grid.ny, grid.nz}) >= kWindow && range > 0);
}

std::vector<double> StructuralSimilarity::smooth(std::vector<double> values) const {
  const auto nx = static_cast<std::size_t>(grid_.nx);
  const auto ny = static_cast<std::size_t>(grid_.ny);
  const auto nz = static_cast<std::size_t>(grid_.nz);
  const std::size_t mx = nx - window_.size() + 1;
  const std::size_t my = ny - window_.size() + 1;
  values = smooth_axis(values, 1, nx, ny * nz, window_);
  values = smooth_axis(values, mx, ny, nz, window_);
  return smooth_axis(values, mx * my, nz, 1, window_);
}

StructuralSimilarity::LocalMoments StructuralSimilarity::moments(
    std::span<const float> image) const {
  std::vector<double> values(image.begin(), image.end());
  std::vector<double> squares = values;
  for (double& value : squares) value *= value;
  return {smooth(std::move(values)), smooth(std::move(squares))};
}

double StructuralSimilarity::operator()(std::span<const float> x, const LocalMoments& of_x,
                                        std::span<const float> y, const LocalMoments& of_y) const {
  std::vector<double> products(x.begin(), x.end());
  for (std::size_t i = 0; i < products.size(); ++i) products[i] *= y[i];
  products = smooth(std::move(products));
  double sum = 0;
  for (std::size_t i = 0; i < products.size(); ++i) {
    const double mean_x = of_x.mean[i];
    const double mean_y = of_y.mean[i];
    const double variances = of_x.square[i] - mean_x * mean_x + of_y.square[i] - mean_y * mean_y;
    const double covariance = products[i] - mean_x * mean_y;
    sum += (2 * mean_x * mean_y + c1_) * (2 * covariance + c2_) /
           ((mean_x * mean_x + mean_y * mean_y + c1_) * (variances + c2_));
  }
  return sum / static_cast<double>(products.size());
}

}  // namespace showergan::physics
