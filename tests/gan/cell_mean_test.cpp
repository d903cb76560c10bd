#include "gan/cell_mean.hpp"

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

std::vector<float> one_cell() {
  return {0.3f, -1.8f, 0.1f, 0.3f, -0.5f, -0.2f, 0.1f, -0.4f, 0.2f, -0.3f, -0.1f};
}

double deviance(float gev, const std::vector<float>& numbers) {
  std::vector<float> gradient(numbers.size());
  return cell_mean_deviance(std::vector<float>{gev}, numbers, 1, 1, gradient);
}

/// An empty cell's deviance is the mean energy itself.
TEST(CellMean, IsThatOfWhatTheGeneratorDraws) {
  nn::Graph graph;
  const nn::NodeId numbers = graph.add("numbers", nn::Input{{CellSpectrum::numbers, 1, 1, 1}});
  const nn::NodeId noise = graph.add("noise", nn::Input{{2, 1, 1, 1}});
  graph.set_output("cells", flow::append_cell_spectrum(graph, "", numbers, noise));
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters none;
  const std::vector<float> cell = one_cell();
  const std::vector<double> in_double(cell.begin(), cell.end());
  double mean = 0;
  constexpr double step = 0.01;
  for (double z = -8; z < 8; z += step) {
    interpreter.forward({{"numbers", in_double}, {"noise", {10.0, z}}}, none);
    mean += step * std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi) *
            interpreter.output("cells")[0];
  }
  const double chance = 0.5 * std::erfc(-0.3 / std::sqrt(2.0));
  EXPECT_NEAR(deviance(0, cell), chance * mean, 0.01 * chance * mean);
}

TEST(CellMean, IsLeastWhereTheMeanIsTheEnergy) {
  const std::vector<float> cell = one_cell();
  const auto mean = static_cast<float>(deviance(0, cell) / 1000);
  EXPECT_NEAR(deviance(mean, cell), 0, 1e-6);
  EXPECT_GT(deviance(0.8f * mean, cell), 1e-3);
  EXPECT_GT(deviance(1.2f * mean, cell), 1e-3);
}

TEST(CellMean, AddsTheGradientOfDifferences) {
  constexpr std::size_t showers = 2;
  constexpr std::size_t cells = 20;
  constexpr double all = showers * cells;
  std::mt19937 engine(3);
  std::normal_distribution<float> normal;
  std::vector<float> truth(showers * cells);
  for (float& cell : truth) cell = normal(engine) > 0 ? std::exp(normal(engine)) * 1e-3f : 0;
  std::vector<float> numbers(showers * kRows * cells);
  for (float& number : numbers) number = 0.5f * normal(engine) - 0.5f;
  std::vector<float> gradient(numbers.size(), 1.0f);
  std::vector<float> unused(numbers.size());
  cell_mean_deviance(truth, numbers, showers, 2, gradient);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    constexpr float step = 3e-3f;
    std::vector<float> changed = numbers;
    changed[i] = numbers[i] + step;
    const double high = cell_mean_deviance(truth, changed, showers, 1, unused);
    const double width = static_cast<double>(changed[i]);
    changed[i] = numbers[i] - step;
    const double low = cell_mean_deviance(truth, changed, showers, 1, unused);
    const double expected = all * (high - low) / (width - static_cast<double>(changed[i]));
    EXPECT_NEAR((static_cast<double>(gradient[i]) - 1) * all, 2 * expected,
                1e-3 + 1e-2 * std::abs(expected))
        << "number " << i / cells % kRows << " of cell " << i % cells;
  }
}

TEST(CellMean, StaysFiniteFarFromTheTruth) {
  std::vector<float> numbers = one_cell();
  for (const float far : {-60.0f, 60.0f}) {
    numbers[0] = far;
    numbers[6] = far;
    for (const float cell : {0.0f, 1e-9f, 1e3f}) {
      std::vector<float> gradient(numbers.size());
      EXPECT_TRUE(
          std::isfinite(cell_mean_deviance(std::vector<float>{cell}, numbers, 1, 1, gradient)));
      for (const float g : gradient) EXPECT_TRUE(std::isfinite(g));
    }
  }
}

}  // namespace
}  // namespace showergan::gan
