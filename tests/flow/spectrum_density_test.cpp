#include "flow/spectrum_density.hpp"

#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "flow/cell_spectrum.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::flow {
namespace {

using Numbers = std::vector<double>;

/// m, c and the s_i of a spectrum without any symmetry.
const Numbers spectrum = {0.4, -0.8, -0.2, 0.3, -1, 0.5, -0.7, 0.1, 1, -0.4, 0.6};

/// The same spectrum for each of some values.
Numbers repeated(std::size_t count) {
  Numbers result;
  for (const double number : spectrum) result.insert(result.end(), count, number);
  return result;
}

/// Values that noise makes of the spectrum.
Numbers drawn(const Numbers& chance, const Numbers& size) {
  const auto n = static_cast<std::int64_t>(size.size());
  nn::Graph graph;
  const nn::NodeId numbers = graph.add("numbers", nn::Input{{CellSpectrum::numbers, 1, 1, n}});
  const nn::NodeId noise = graph.add("noise", nn::Input{{2, n}});
  graph.set_output("values", append_cell_spectrum(graph, "", numbers, noise));
  Numbers both = chance;
  both.insert(both.end(), size.begin(), size.end());
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters none;
  interpreter.forward({{"numbers", repeated(size.size())}, {"noise", both}}, none);
  const auto values = interpreter.output("values");
  return {values.begin(), values.end()};
}

struct Density {
  Numbers loss;
  Numbers noise;
};

Density density(const Numbers& values) {
  const auto n = static_cast<std::int64_t>(values.size());
  nn::Graph graph;
  const nn::NodeId numbers = graph.add("numbers", nn::Input{{CellSpectrum::numbers, n}});
  const nn::NodeId input = graph.add("values", nn::Input{{n}});
  const SpectrumDensity nodes = append_spectrum_density(graph, "", numbers, input);
  graph.set_output("loss", nodes.loss);
  graph.set_output("noise", nodes.noise);
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters none;
  interpreter.forward({{"numbers", repeated(values.size())}, {"values", values}}, none);
  const auto loss = interpreter.output("loss");
  const auto noise = interpreter.output("noise");
  return {{loss.begin(), loss.end()}, {noise.begin(), noise.end()}};
}

double log_probability(double m) {
  return std::log(0.5 * std::erfc(-m / std::numbers::sqrt2));
}

const Numbers noise = {-4.2, -3, -2.5, -1.6, -0.9, -0.3, 0, 0.1, 0.6, 1.1, 1.9, 2.6, 3, 4.5};

TEST(SpectrumDensity, FindsTheNoiseOfAValue) {
  const Density found = density(drawn(Numbers(noise.size(), 1), noise));
  for (std::size_t i = 0; i < noise.size(); ++i) {
    EXPECT_NEAR(found.noise[i], noise[i], 1e-5) << noise[i];
  }
}

TEST(SpectrumDensity, IsThatOfTheLogarithm) {
  constexpr double step = 1e-4;
  Numbers above = noise;
  Numbers below = noise;
  for (double& z : above) z += step;
  for (double& z : below) z -= step;
  const Numbers yes(noise.size(), 1);
  const Numbers high = drawn(yes, above);
  const Numbers low = drawn(yes, below);
  const Density found = density(drawn(yes, noise));
  for (std::size_t i = 0; i < noise.size(); ++i) {
    // The slope of the quantile function, d ln E / dz, has kinks at the knots.
    const double slope = (std::log(high[i]) - std::log(low[i])) / (2 * step);
    const double expected =
        0.5 * noise[i] * noise[i] + std::log(slope) - log_probability(spectrum[0]);
    EXPECT_NEAR(found.loss[i], expected, 5e-4) << noise[i];
  }
}

TEST(SpectrumDensity, NothingHasAProbability) {
  EXPECT_EQ(drawn({-0.5}, {0.3}), Numbers{0});
  EXPECT_NEAR(density({0}).loss[0], -log_probability(-spectrum[0]), 5e-4);
}

}  // namespace
}  // namespace showergan::flow
