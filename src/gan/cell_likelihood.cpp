#include "gan/cell_likelihood.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "base/contract.hpp"
#include "flow/cell_spectrum.hpp"

namespace showergan::gan {
namespace {

using flow::CellSpectrum;

constexpr std::size_t kKnots = CellSpectrum::knots.size();
constexpr double kMeV = 1000;  // in a GeV

/// ln Φ(x) and its derivative φ(x) / Φ(x); for x far below 0 by their asymptotic series.
struct LogNormal {
  double value;
  double slope;
};

LogNormal log_normal(double x) {
  if (x < -8) {
    const double inverse = 1 / (x * x);
    return {-0.5 * x * x - 0.5 * std::log(2 * std::numbers::pi) - std::log(-x) +
                std::log1p(-inverse * (1 - 3 * inverse)),
            -x / (1 - inverse * (1 - 3 * inverse))};
  }
  const double probability = 0.5 * std::erfc(-x / std::numbers::sqrt2);
  const double density = std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi);
  return {std::log(probability), density / probability};
}

/// Minus the logarithm of the density of ln E, and its derivatives with respect to c and the s_i.
struct Amplitude {
  double value = 0;
  double middle = 0;
  std::array<double, kKnots> log_slopes{};
};

/// Finds the noise z that makes the energy, going outwards from 0 knot by knot. Where it lies the
/// slope of the quantile function is `slope`, and the value z²/2 + ln slope. With G(z, s) = ln E
/// the derivative of z with respect to a parameter p is −∂G/∂p / slope.
Amplitude amplitude(double log_energy, double middle, const std::array<double, kKnots>& slopes) {
  const double distance = log_energy - middle;
  const bool up = distance >= 0;
  const double sign = up ? 1 : -1;
  const auto knot = [&](std::size_t step) {
    return up ? CellSpectrum::middle + step : CellSpectrum::middle - step;
  };
  const std::size_t steps = up ? kKnots - 1 - CellSpectrum::middle : CellSpectrum::middle;
  std::array<double, kKnots> way{};  // ∂|G − c| / ∂(slope at the knot)
  double rest = std::abs(distance);
  double z = 0;            // |z|
  double slope = 0;        // at z
  double curvature = 0;    // ∂slope / ∂|z|
  double inner_share = 0;  // ∂slope / ∂(slope at the inner knot), |z| fixed
  std::size_t inner = knot(steps);
  std::size_t outer = inner;
  for (std::size_t step = 0; step < steps; ++step) {
    const std::size_t a = knot(step);
    const std::size_t b = knot(step + 1);
    const double h = std::abs(CellSpectrum::knots[b] - CellSpectrum::knots[a]);
    const double whole = 0.5 * h * (slopes[a] + slopes[b]);
    if (rest >= whole) {
      rest -= whole;
      z += h;
      way[a] += 0.5 * h;
      way[b] += 0.5 * h;
      continue;
    }
    curvature = (slopes[b] - slopes[a]) / h;
    slope = std::sqrt(std::max(slopes[a] * slopes[a] + 2 * curvature * rest, 1e-30));
    const double t = 2 * rest / (slopes[a] + slope);
    z += t;
    way[a] += t - 0.5 * t * t / h;
    way[b] += 0.5 * t * t / h;
    inner = a;
    outer = b;
    inner_share = 1 - t / h;
    break;
  }
  if (slope == 0) {  // beyond the last knot
    slope = slopes[inner];
    z += rest / slope;
    way[inner] += rest / slope;
    inner_share = 1;
  }
  // value = z²/2 + ln slope(z, s); dz/ds_k = −way_k / slope, dz/dc = −sign / slope.
  const double by_z = z + curvature / slope;
  Amplitude result;
  result.value = 0.5 * z * z + std::log(slope);
  result.middle = -sign * by_z / slope;
  for (std::size_t k = 0; k < kKnots; ++k) {
    double derivative = -by_z * way[k] / slope;
    if (k == inner) derivative += inner_share / slope;
    if (k == outer && outer != inner) derivative += (1 - inner_share) / slope;
    result.log_slopes[k] = derivative * slopes[k];
  }
  return result;
}

}  // namespace

double cell_likelihood(std::span<const float> cells, std::span<const float> numbers,
                       std::int64_t showers, std::span<float> gradient) {
  constexpr auto rows = static_cast<std::size_t>(CellSpectrum::numbers);
  SHOWERGAN_EXPECT(showers > 0 && numbers.size() == rows * cells.size() &&
                   gradient.size() == numbers.size());
  const std::size_t count = cells.size() / static_cast<std::size_t>(showers);
  const auto all = static_cast<double>(cells.size());
  std::ranges::fill(gradient, 0.0f);
  double sum = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t first = i / count * rows * count + i % count;
    const auto number = [&](std::size_t row) {
      return static_cast<double>(numbers[first + row * count]);
    };
    const auto set = [&](std::size_t row, double value) {
      gradient[first + row * count] = static_cast<float>(value / all);
    };
    const bool hit = cells[i] > 0;
    const LogNormal chance = log_normal(hit ? number(0) : -number(0));
    sum -= chance.value;
    set(0, hit ? -chance.slope : chance.slope);
    if (!hit) continue;
    std::array<double, kKnots> slopes{};
    for (std::size_t k = 0; k < kKnots; ++k) {
      slopes[k] = std::exp(
          std::clamp(number(2 + k), CellSpectrum::least_log_slope, CellSpectrum::most_log_slope));
    }
    const Amplitude energy =
        amplitude(std::log(kMeV * static_cast<double>(cells[i])), number(1), slopes);
    sum += energy.value;
    set(1, energy.middle);
    for (std::size_t k = 0; k < kKnots; ++k) {
      const double value = number(2 + k);
      const bool inside =
          value > CellSpectrum::least_log_slope && value < CellSpectrum::most_log_slope;
      if (inside) set(2 + k, energy.log_slopes[k]);
    }
  }
  return sum / all;
}

}  // namespace showergan::gan
