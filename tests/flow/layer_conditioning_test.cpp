#include "flow/layer_conditioning.hpp"

#include <cmath>
#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "flow/cell_spectrum.hpp"
#include "flow/layer_graph.hpp"
#include "nn/graph/shape_error.hpp"
#include "nn/plan/plan.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::flow {
namespace {

constexpr std::int64_t n = 9;  // cells along x and y
constexpr std::int64_t nz = 4;

double at(std::int64_t i) {
  return static_cast<double>(i) - 0.5 * static_cast<double>(n - 1);
}

/// Energy, centre and width along x of a layer, as kReach defines them.
struct Measured {
  double energy = 0;
  double centre = 0;
  double width = 0;
};

Measured measure(const std::vector<double>& cells, std::int64_t layer, bool along_x) {
  const auto mean = [&](auto function) {
    double sum = 0;
    double energy = 0;
    for (std::int64_t x = 0; x < n; ++x) {
      for (std::int64_t y = 0; y < n; ++y) {
        const double cell = cells[static_cast<std::size_t>((x * n + y) * nz + layer)];
        energy += cell;
        sum += cell * function(at(along_x ? x : y));
      }
    }
    return sum / energy;
  };
  Measured result;
  for (std::size_t i = static_cast<std::size_t>(layer); i < cells.size(); i += nz) {
    result.energy += cells[i];
  }
  result.centre = mean([](double x) { return 2 * kReach * std::tanh(x / (2 * kReach)); });
  const double q = mean([&](double x) {
    const double u = x - 2 * kReach * std::atanh(result.centre / (2 * kReach));
    return u * u / (u * u + kReach * kReach);
  });
  result.width = kReach * std::sqrt(q / (1 - q));
  return result;
}

class LayerConditioning : public testing::Test {
 protected:
  LayerConditioning() {
    std::mt19937 engine(11);
    std::normal_distribution<double> normal;
    for (std::int64_t x = 0; x < n; ++x) {
      for (std::int64_t y = 0; y < n; ++y) {
        for (std::int64_t z = 0; z < nz; ++z) {
          const double r2 = at(x) * at(x) + at(y) * at(y);
          const double mean = 300 * std::exp(-r2 / 2) + 2 * std::exp(-r2 / 20);
          cells_.push_back(normal(engine) < 1.5 - r2 / 20 ? mean * std::exp(0.3 * normal(engine))
                                                          : 0.0);
        }
      }
    }
    energy_ = {1.0, 0.8, 1.2, 0};
    for (const double value : {0.1, -0.2, 0.3, 0.0}) shape_.push_back(value);
    for (const double value : {-0.1, 0.1, 0.0, 0.0}) shape_.push_back(value);
    for (const double value : {1.1, 1.0, 1.3, 0.0}) shape_.push_back(value);
    for (const double value : {1.2, 1.1, 1.0, 0.0}) shape_.push_back(value);
  }

  /// Numbers of spectra with the same slope everywhere, 0.3, but one cell's; all are surely hit.
  std::vector<double> spectra(std::size_t cell = 0, double slope = 0.3) const {
    const std::size_t count = cells_.size();
    std::vector<double> numbers(static_cast<std::size_t>(CellSpectrum::numbers) * count);
    const std::size_t first = (2 + CellSpectrum::middle) * count;
    for (std::size_t i = 0; i < count; ++i) {
      numbers[i] = 9;
      numbers[first + i] = std::log(0.3);
    }
    numbers[first + cell] = std::log(slope);
    return numbers;
  }

  std::vector<double> conditioned(int rounds, double threshold = 0,
                                  const std::vector<double>& spectra = {}) {
    nn::Graph graph;
    const nn::NodeId cells = graph.add("cells", nn::Input{{n, n, nz}});
    const nn::NodeId energy = graph.add("layer_energy", nn::Input{{nz}});
    const nn::NodeId shape = graph.add("layer_shape", nn::Input{{4, nz}});
    ConditionedLayers layers{cells, energy, shape, {}};
    if (!spectra.empty()) {
      layers.spectra = graph.add("spectra", nn::Input{{CellSpectrum::numbers, n, n, nz}});
    }
    graph.set_output("shower", append_layer_conditioning(graph, "c_", layers, rounds, threshold));
    nn::reference::Interpreter interpreter(graph, 1);
    nn::reference::DoubleParameters none;
    std::map<std::string, std::vector<double>> inputs{
        {"cells", cells_}, {"layer_energy", energy_}, {"layer_shape", shape_}};
    if (!spectra.empty()) inputs["spectra"] = spectra;
    interpreter.forward(inputs, none);
    return interpreter.output("shower");
  }

  /// Largest distance of a layer from what it was told, centres and widths.
  double distance(const std::vector<double>& cells) {
    double largest = 0;
    for (std::int64_t layer = 0; layer + 1 < nz; ++layer) {
      const auto l = static_cast<std::size_t>(layer);
      for (const bool along_x : {true, false}) {
        const Measured m = measure(cells, layer, along_x);
        const std::size_t row = along_x ? 0 : 1;
        largest = std::max({largest, std::abs(m.centre - shape_[row * nz + l]),
                            std::abs(m.width - shape_[(row + 2) * nz + l])});
      }
    }
    return largest;
  }

  std::vector<double> cells_;  // MeV
  std::vector<double> energy_;
  std::vector<double> shape_;
};

TEST_F(LayerConditioning, GivesEachLayerItsEnergy) {
  const std::vector<double> cells = conditioned(2);
  for (std::int64_t layer = 0; layer < nz; ++layer) {
    double sum = 0;
    for (std::size_t i = static_cast<std::size_t>(layer); i < cells.size(); i += nz)
      sum += cells[i];
    EXPECT_NEAR(sum, energy_[static_cast<std::size_t>(layer)], 1e-6) << "layer " << layer;
  }
  for (const double cell : cells) EXPECT_GE(cell, 0);
}

TEST_F(LayerConditioning, BringsCentresAndWidthsCloserWithEachRound) {
  const double none = distance(conditioned(0));
  const double one = distance(conditioned(1));
  const double two = distance(conditioned(2));
  const double four = distance(conditioned(4));
  EXPECT_LT(one, 0.5 * none);
  EXPECT_LT(two, 0.7 * one);
  EXPECT_LT(four, 0.03);
}

/// A common factor of all variances says nothing.
TEST_F(LayerConditioning, SpectraOfOneSlopeAreAsNone) {
  const std::vector<double> with = conditioned(2, 0, spectra());
  const std::vector<double> without = conditioned(2);
  for (std::size_t i = 0; i < with.size(); ++i) {
    EXPECT_NEAR(with[i], without[i], 1e-3 * without[i] + 1e-9) << "cell " << i;
  }
}

TEST_F(LayerConditioning, ACellThatIsKnownWellStays) {
  std::size_t centre = 0;  // the hottest of layer 0
  for (std::size_t i = 0; i < cells_.size(); i += nz) {
    if (cells_[i] > cells_[centre]) centre = i;
  }
  const auto change = [&](const std::vector<double>& after) {
    return std::abs(1000 * after[centre] / cells_[centre] - 1);
  };
  const double freely = change(conditioned(2, 0, spectra()));
  EXPECT_GT(freely, 0.01);
  EXPECT_LT(change(conditioned(2, 0, spectra(centre, 0.03))), 0.5 * freely);
  EXPECT_LT(distance(conditioned(4, 0, spectra(centre, 0.03))), 0.05);
}

TEST_F(LayerConditioning, EnergiesDoNotMakeUpForHits) {
  // A far cell of layer 0 that would have been hot, and that is not hit.
  const std::size_t far = (static_cast<std::size_t>(n) - 1) * n * nz;
  cells_[far] = 0;
  std::vector<double> sure = spectra();
  sure[cells_.size() + far] = std::log(2000.0);
  std::vector<double> unsure = sure;
  unsure[far] = 0;  // hit or not, equally probable
  const auto change = [&](const std::vector<double>& after) {
    double before = 0;
    for (std::size_t i = 0; i < cells_.size(); i += nz) before += cells_[i];
    double largest = 0;
    for (std::size_t i = 0; i < cells_.size(); i += nz) {
      if (cells_[i] <= 0) continue;
      const double share = after[i] / energy_[0];
      largest = std::max(largest, std::abs(std::log(share / (cells_[i] / before))));
    }
    return largest;
  };
  EXPECT_LT(change(conditioned(2, 0, unsure)), 0.7 * change(conditioned(2, 0, sure)));
  EXPECT_LT(distance(conditioned(4, 0, sure)), 0.05);
  const std::vector<double> cells = conditioned(2, 0, unsure);
  double sum = 0;
  for (std::size_t i = 0; i < cells.size(); i += nz) sum += cells[i];
  EXPECT_NEAR(sum, energy_[0], 1e-6);
}

TEST_F(LayerConditioning, HotCellsTakeUpWhatIsMissing) {
  shape_ = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0};
  const std::vector<double> cells = conditioned(1);
  double faint = 0;
  double hot = 0;
  for (std::size_t i = 0; i < cells.size(); i += nz) {
    if (cells_[i] <= 0) continue;
    const double change = std::abs(std::log(1000 * cells[i] / cells_[i]));
    (cells_[i] < 3 ? faint : hot) = std::max(cells_[i] < 3 ? faint : hot, change);
  }
  EXPECT_GT(hot, 3 * faint);
}

TEST_F(LayerConditioning, EmptyCellsStayEmptyAndFaintOnesAreNotRead) {
  constexpr double threshold = 1e-3;
  const std::vector<double> all = conditioned(2);
  const std::vector<double> read = conditioned(2, threshold);
  int faint = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i] == 0) {
      EXPECT_EQ(all[i], 0);
    }
    EXPECT_EQ(read[i], all[i] > threshold ? all[i] : 0);
    if (all[i] > 0 && read[i] == 0) ++faint;
  }
  EXPECT_GT(faint, 0);
}

TEST_F(LayerConditioning, ALayerOfOneCellKeepsIt) {
  for (std::size_t i = 0; i < cells_.size(); i += nz) cells_[i] = 0;
  cells_[(4 * n + 4) * nz] = 7;
  const std::vector<double> cells = conditioned(2);
  EXPECT_NEAR(cells[(4 * n + 4) * nz], 1.0, 1e-6);
}

/// In single precision, where squares of small numbers vanish: layers that are told to be empty,
/// and layers without cells that are told not to be.
TEST_F(LayerConditioning, GradientsAreFiniteInAnyLayer) {
  for (std::size_t i = 0; i < cells_.size(); i += nz) cells_[i] = 0;  // the first layer
  energy_[1] = 0;
  nn::Graph graph;
  const nn::NodeId cells = graph.add("cells", nn::Input{{n, n, nz}});
  const nn::NodeId energy = graph.add("layer_energy", nn::Input{{nz}});
  const nn::NodeId shape = graph.add("layer_shape", nn::Input{{4, nz}});
  graph.set_output("shower",
                   append_layer_conditioning(graph, "c_", {cells, energy, shape, {}}, 2, 1e-6));
  nn::CompileOptions options;
  options.mode = nn::Mode::train_inputs;
  nn::Plan plan = nn::compile(graph, options);
  const auto prepared = plan.prepare({});
  const auto set = [&](const char* name, const std::vector<double>& values) {
    plan.set_input(name, std::vector<float>(values.begin(), values.end()));
  };
  set("cells", cells_);
  set("layer_energy", energy_);
  set("layer_shape", shape_);
  plan.forward(*prepared);
  std::vector<float> result(cells_.size());
  plan.get_output("shower", result);
  plan.set_output_gradient("shower", std::vector<float>(cells_.size(), 1.0f));
  plan.backward(*prepared, {});
  std::vector<float> gradient(cells_.size());
  plan.get_input_gradient("cells", gradient);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    EXPECT_TRUE(std::isfinite(result[i]) && std::isfinite(gradient[i])) << "cell " << i;
  }
}

TEST(LayerConditioningShapes, OtherThanThoseOfItsCellsAreRefused) {
  const auto refuses = [](nn::Shape cells, nn::Shape energy, nn::Shape shape) {
    nn::Graph graph;
    const nn::NodeId a = graph.add("cells", nn::Input{std::move(cells)});
    const nn::NodeId b = graph.add("layer_energy", nn::Input{std::move(energy)});
    const nn::NodeId c = graph.add("layer_shape", nn::Input{std::move(shape)});
    try {
      append_layer_conditioning(graph, "", {a, b, c, {}}, 1, 0);
    } catch (const nn::ShapeError&) {
      return true;
    }
    return false;
  };
  EXPECT_FALSE(refuses({3, 3, 2}, {2}, {4, 2}));
  EXPECT_TRUE(refuses({1, 3, 3, 2}, {2}, {4, 2}));
  EXPECT_TRUE(refuses({3, 3, 2}, {3}, {4, 2}));
  EXPECT_TRUE(refuses({3, 3, 2}, {2}, {4, 1}));
  EXPECT_TRUE(refuses({3, 3, 2}, {2}, {4}));
  EXPECT_TRUE(refuses({3, 3, 2}, {2}, {6, 2}));
}

}  // namespace
}  // namespace showergan::flow
