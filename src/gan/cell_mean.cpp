#include "gan/cell_mean.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/contract.hpp"
#include "flow/cell_spectrum.hpp"

namespace showergan::gan {
namespace {

using flow::CellSpectrum;

constexpr std::size_t kKnots = CellSpectrum::knots.size();
constexpr double kMeV = 1000;  // in a GeV

/// Of Gauss and Hermite, for the mean over a normal number z: ±z and the weights, that sum to 1.
struct Node {
  double place;
  double weight;
};
constexpr std::array<Node, 3> kHalf = {{{0.6167065901925942, 0.4088284695560293},
                                        {1.8891758777537107, 0.0886157460419145},
                                        {3.3242574335521190, 0.0025557844020563}}};
constexpr std::size_t kNodes = 2 * kHalf.size();

/// |∫_0^z| of the line that is 1 at one knot and 0 at the others, and constant beyond the ends:
/// what the logarithm of the energy at z has of the slope at that knot.
double way(std::size_t knot, double z) {
  const auto& knots = CellSpectrum::knots;
  const double sign = z < 0 ? -1 : 1;
  double sum = 0;
  // From 0 outwards, segment by segment.
  for (std::size_t step = 0;; ++step) {
    const std::size_t a = z < 0 ? CellSpectrum::middle - step : CellSpectrum::middle + step;
    const bool last = a == (z < 0 ? 0 : kKnots - 1);
    const double rest = std::abs(z - knots[a]);
    if (last) return sum + (knot == a ? rest : 0);
    const std::size_t b = z < 0 ? a - 1 : a + 1;
    const double h = std::abs(knots[b] - knots[a]);
    const double t = std::min(rest, h);
    if (knot == a) sum += t - 0.5 * t * t / h;
    if (knot == b) sum += 0.5 * t * t / h;
    if (sign * (z - knots[b]) <= 0) return sum;
  }
}

/// ln E = c + Σ_k ways[k] · slope_k at a node.
struct Place {
  float weight;
  std::array<float, kKnots> ways;
};

std::array<Place, kNodes> make_places() {
  std::array<Place, kNodes> places{};
  for (std::size_t i = 0; i < kNodes; ++i) {
    const Node& node = kHalf[i / 2];
    const double z = i % 2 == 0 ? node.place : -node.place;
    places[i].weight = static_cast<float>(node.weight);
    for (std::size_t k = 0; k < kKnots; ++k) {
      places[i].ways[k] = static_cast<float>((z < 0 ? -1 : 1) * way(k, z));
    }
  }
  return places;
}

/// Of an energy that is above 0: its mean, and the derivatives of the mean's logarithm.
struct Mean {
  float value = 0;
  float middle = 0;
  std::array<float, kKnots> log_slopes{};
};

Mean mean_energy(float middle, const std::array<float, kKnots>& slopes) {
  static const std::array<Place, kNodes> places = make_places();
  constexpr auto least = static_cast<float>(CellSpectrum::least_log_energy);
  constexpr auto most = static_cast<float>(CellSpectrum::most_log_energy);
  Mean result;
  for (const Place& place : places) {
    float log_energy = middle;
    for (std::size_t k = 0; k < kKnots; ++k) log_energy += place.ways[k] * slopes[k];
    const float part = place.weight * std::exp(std::clamp(log_energy, least, most));
    result.value += part;
    if (log_energy <= least || log_energy >= most) continue;
    result.middle += part;
    for (std::size_t k = 0; k < kKnots; ++k) result.log_slopes[k] += part * place.ways[k];
  }
  result.middle /= result.value;
  for (std::size_t k = 0; k < kKnots; ++k) result.log_slopes[k] *= slopes[k] / result.value;
  return result;
}

}  // namespace

double cell_mean_deviance(std::span<const float> cells, std::span<const float> numbers,
                          std::int64_t showers, double weight, std::span<float> gradient) {
  constexpr auto rows = static_cast<std::size_t>(CellSpectrum::numbers);
  SHOWERGAN_EXPECT(showers > 0 && numbers.size() == rows * cells.size() &&
                   gradient.size() == numbers.size());
  constexpr double never = -4;  // such a cell is hit in three showers of 100,000
  const std::size_t count = cells.size() / static_cast<std::size_t>(showers);
  const auto all = static_cast<double>(cells.size());
  double sum = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t first = i / count * rows * count + i % count;
    const auto number = [&](std::size_t row) {
      return static_cast<double>(numbers[first + row * count]);
    };
    const double energy = kMeV * static_cast<double>(cells[i]);
    if (energy <= 0 && number(0) < never) continue;
    std::array<float, kKnots> slopes{};
    for (std::size_t k = 0; k < kKnots; ++k) {
      slopes[k] = std::exp(static_cast<float>(
          std::clamp(number(2 + k), CellSpectrum::least_log_slope, CellSpectrum::most_log_slope)));
    }
    const Mean hit = mean_energy(static_cast<float>(number(1)), slopes);
    constexpr double least = 1e-12;  // of a probability
    const double chance = std::max(0.5 * std::erfc(-number(0) / std::numbers::sqrt2), least);
    const double density = std::exp(-0.5 * number(0) * number(0)) / std::sqrt(2 * std::numbers::pi);
    const double mean = chance * static_cast<double>(hit.value);
    sum += mean - energy + (energy > 0 ? energy * std::log(energy / mean) : 0);
    const double by_log_mean = weight * (mean - energy) / all;
    const auto add = [&](std::size_t row, double derivative) {
      gradient[first + row * count] += static_cast<float>(by_log_mean * derivative);
    };
    if (chance > least) add(0, density / chance);
    add(1, static_cast<double>(hit.middle));
    for (std::size_t k = 0; k < kKnots; ++k) {
      const double value = number(2 + k);
      const bool inside =
          value > CellSpectrum::least_log_slope && value < CellSpectrum::most_log_slope;
      if (inside) add(2 + k, static_cast<double>(hit.log_slopes[k]));
    }
  }
  return sum / all;
}

}  // namespace showergan::gan
