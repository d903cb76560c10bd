#include "gan/cell_likelihood.hpp"

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "flow/cell_spectrum.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::gan {
namespace {

using flow::CellSpectrum;

constexpr auto kRows = static_cast<std::size_t>(CellSpectrum::numbers);

/// Numbers of one cell: m, c and nine different slopes.
std::vector<float> one_cell() {
  return {0.3f, -1.8f, 0.7f, 0.3f, -0.5f, -0.2f, 0.1f, -0.4f, 0.2f, -0.7f, 0.5f};
}

double loss_of(float gev, const std::vector<float>& numbers) {
  std::vector<float> gradient(numbers.size());
  return cell_likelihood(std::vector<float>{gev}, numbers, 1, gradient);
}

/// Of a hit with that ln(E / MeV), without the factor of being hit.
double density(double log_energy, const std::vector<float>& numbers) {
  const double hit = std::log(0.5 * std::erfc(-static_cast<double>(numbers[0]) / std::sqrt(2.0)));
  const double loss = loss_of(static_cast<float>(std::exp(log_energy) / 1000), numbers);
  return std::exp(-loss - hit - 0.5 * std::log(2 * std::numbers::pi));
}

TEST(CellLikelihood, IsADensity) {
  double sum = 0;
  constexpr double step = 1e-3;
  for (double x = -30; x < 30; x += step) sum += step * density(x, one_cell());
  EXPECT_NEAR(sum, 1, 1e-3);
  const double missed = std::exp(-loss_of(0, one_cell()));
  EXPECT_NEAR(missed, 0.5 * std::erfc(0.3 / std::sqrt(2.0)), 1e-7);
}

/// What the generator draws at noise z has the distribution function Φ(z).
TEST(CellLikelihood, IsThatOfWhatTheGeneratorDraws) {
  nn::Graph graph;
  const nn::NodeId numbers = graph.add("numbers", nn::Input{{CellSpectrum::numbers, 1, 1, 1}});
  const nn::NodeId noise = graph.add("noise", nn::Input{{2, 1, 1, 1}});
  graph.set_output("cells", flow::append_cell_spectrum(graph, "", numbers, noise));
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters none;
  const std::vector<float> cell = one_cell();
  const std::vector<double> in_double(cell.begin(), cell.end());
  double below = 0;  // of the density, up to the energy at z
  double x = -30;
  constexpr double step = 2e-4;
  for (const double z : {-3.6, -2.5, -1.0, -0.3, 0.0, 0.2, 0.9, 1.7, 2.6, 3.4}) {
    interpreter.forward({{"numbers", in_double}, {"noise", {0.0, z}}}, none);
    const double energy = interpreter.output("cells")[0];
    for (; x < std::log(energy); x += step) below += step * density(x, cell);
    EXPECT_NEAR(below, 0.5 * std::erfc(-z / std::sqrt(2.0)), 2e-3) << "at z = " << z;
  }
  interpreter.forward({{"numbers", in_double}, {"noise", {-0.31, 1.0}}}, none);
  EXPECT_EQ(interpreter.output("cells")[0], 0) << "not hit";
}

TEST(CellLikelihood, GradientIsThatOfDifferences) {
  constexpr std::size_t showers = 2;
  constexpr std::size_t cells = 40;
  std::mt19937 engine(3);
  std::normal_distribution<float> normal;
  std::vector<float> truth(showers * cells);
  for (float& cell : truth) cell = normal(engine) > 0 ? std::exp(2 * normal(engine)) * 1e-3f : 0;
  std::vector<float> numbers(showers * kRows * cells);
  for (float& number : numbers) number = 0.7f * normal(engine);
  std::vector<float> gradient(numbers.size());
  std::vector<float> unused(numbers.size());
  cell_likelihood(truth, numbers, showers, gradient);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    constexpr float step = 1e-2f;
    std::vector<float> changed = numbers;
    changed[i] = numbers[i] + step;
    const double high = cell_likelihood(truth, changed, showers, unused);
    const double width = static_cast<double>(changed[i]);
    changed[i] = numbers[i] - step;
    const double low = cell_likelihood(truth, changed, showers, unused);
    const double expected = (high - low) / (width - static_cast<double>(changed[i]));
    EXPECT_NEAR(static_cast<double>(gradient[i]) * showers * cells, expected * showers * cells,
                2e-2 + 2e-2 * std::abs(expected * showers * cells))
        << "number " << i / cells % kRows << " of cell " << i % cells;
  }
}

TEST(CellLikelihood, StaysFiniteFarFromTheTruth) {
  std::vector<float> numbers = one_cell();
  for (const float far : {-60.0f, 60.0f}) {
    numbers[0] = far;
    for (const float cell : {0.0f, 1e-9f, 1e3f}) {
      std::vector<float> gradient(numbers.size());
      EXPECT_TRUE(std::isfinite(cell_likelihood(std::vector<float>{cell}, numbers, 1, gradient)));
      for (const float g : gradient) EXPECT_TRUE(std::isfinite(g));
    }
  }
}

}  // namespace
}  // namespace showergan::gan
