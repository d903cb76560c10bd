#include "layers/layer_code.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "flow/layer_graph.hpp"
#include "nn/reference/interpreter.hpp"
#include "physics/toy_showers.hpp"

namespace showergan::layers {
namespace {

constexpr double threshold = 1e-6;  // GeV

physics::ImageGeometry geometry(const Grid& grid) {
  physics::ImageGeometry geometry = physics::unit_geometry(grid);
  for (std::size_t l = 0; l < geometry.layer_weights.size(); ++l) {
    geometry.layer_weights[l] = l < geometry.layer_weights.size() / 2 ? 1 : 2;
  }
  return geometry;
}

/// Three layers of 5 x 5 cells: two cells, a single one, none.
ShowerBatch sparse_shower() {
  return test::batch_of({5, 5, 3}, 10, {{1, 2, 0, 0.03f}, {3, 2, 0, 0.01f}, {2, 4, 1, 0.05f}});
}

std::vector<float> encode(const LayerCode& code, const ShowerBatch& batch, std::int64_t shower,
                          std::uint64_t seed) {
  std::vector<float> numbers(static_cast<std::size_t>(code.size()));
  code.encode(code.measure(batch.shower(shower)),
              static_cast<double>(batch.energy[static_cast<std::size_t>(shower)]), seed,
              static_cast<std::uint64_t>(shower), numbers);
  return numbers;
}

TEST(LayerCode, MeasuresEnergyCentreAndWidth) {
  const LayerCode code(geometry({5, 5, 3}));
  const Layers layers = code.measure(sparse_shower().cells);
  EXPECT_NEAR(layers.energy[0], 0.04, 1e-8);
  // Three quarters of the energy at -1, the rest at 1.
  const double centre = -0.5 * 4 * std::tanh(0.25);
  const auto part = [&](double x) {
    const double u = x - 4 * std::atanh(centre / 4);
    return u * u / (u * u + 4);
  };
  const double q = 0.75 * part(-1) + 0.25 * part(1);
  EXPECT_NEAR(layers.centre_x[0], centre, 1e-7);
  EXPECT_NEAR(layers.centre_y[0], 0, 1e-7);
  EXPECT_NEAR(layers.width_x[0], 2 * std::sqrt(q / (1 - q)), 1e-7);
  EXPECT_NEAR(layers.width_y[0], 0, 1e-7);
  EXPECT_NEAR(layers.centre_y[1], 4 * std::tanh(0.5), 1e-7);
  EXPECT_NEAR(layers.width_y[1], 0, 1e-7) << "a single column at 2";
  EXPECT_EQ(layers.energy[2], 0);
}

TEST(LayerCode, CentreAndWidthOfANarrowLayerAreItsMoments) {
  const LayerCode code(geometry({5, 5, 3}));
  const Layers layers = code.measure(
      test::batch_of({5, 5, 3}, 10, {{2, 2, 0, 0.98f}, {3, 2, 0, 0.02f}, {2, 2, 1, 0.1f}}).cells);
  EXPECT_NEAR(layers.centre_x[0], 0.02, 0.001);
  EXPECT_NEAR(layers.width_x[0], std::sqrt(0.98 * 0.02), 0.02);
}

TEST(LayerCode, AFarCellDoesNotDecideAlone) {
  const Grid grid{25, 25, 3};
  const LayerCode code(geometry(grid));
  const auto measure = [&](float far) {
    return code.measure(
        test::batch_of(grid, 10, {{12, 12, 0, 0.9f}, {13, 12, 0, 0.1f}, {24, 12, 0, far}}).cells);
  };
  const double change = measure(0.01f).width_x[0] - measure(0).width_x[0];
  EXPECT_GT(change, 0);
  // Its second moment would be 1.4, and the width 1.2.
  EXPECT_LT(change, 0.15);
}

TEST(LayerCode, HasTheNumbersOfItsDefinition) {
  const LayerCode code(geometry({5, 5, 3}));
  const std::vector<float> numbers = encode(code, sparse_shower(), 0, 1);
  // Weights 1, 2, 2, and something below the threshold in the last layer.
  const double rest = 2 * threshold;
  ASSERT_EQ(numbers.size(), 19u);
  EXPECT_NEAR(static_cast<double>(numbers[4]), std::log((0.04 + 0.1) / 10), rest / 0.14 + 1e-6);
  EXPECT_NEAR(static_cast<double>(numbers[5]), std::log(0.04 / 0.1), rest / 0.1 + 1e-6);
  EXPECT_GT(static_cast<double>(numbers[6]), std::log(0.1 / rest));
  EXPECT_LT(static_cast<double>(numbers[6]), std::log(0.1 / (0.1 * rest)));
  const Layers layers = code.measure(sparse_shower().cells);
  EXPECT_NEAR(static_cast<double>(numbers[7]), layers.centre_x[0], 1e-7);
  // A single cell has no width, and its centre is spread by 0.3 cells.
  EXPECT_EQ(numbers[14], 0);
  EXPECT_NEAR(4 * std::atanh(static_cast<double>(numbers[11]) / 4), 2, 0.15);
  EXPECT_GT(std::abs(static_cast<double>(numbers[11]) - layers.centre_y[1]), 1e-4);
  EXPECT_NEAR(static_cast<double>(numbers[13]), layers.width_x[0], 1e-6);
  EXPECT_EQ(numbers[15], 0) << "the empty layer";
}

TEST(LayerCode, TheWholeShowersNumbersFollowFromItsLayers) {
  const LayerCode code(geometry({5, 5, 3}));
  const Layers layers = code.measure(sparse_shower().cells);
  constexpr int seeds = 400;
  double mean[4] = {};
  double square[4] = {};
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const std::vector<float> numbers = encode(code, sparse_shower(), 0, seed);
    for (std::size_t k = 0; k < 4; ++k) {
      mean[k] += static_cast<double>(numbers[k]) / seeds;
      square[k] += static_cast<double>(numbers[k] * numbers[k]) / seeds;
    }
  }
  // Weighted energies 0.04 and 0.1; the empty layer's centre is drawn, but weighs almost nothing.
  const double depth = 0.1 / 0.14;
  EXPECT_NEAR(mean[0], depth, 0.006);
  EXPECT_NEAR(mean[1], std::sqrt(depth - depth * depth), 0.006);
  const double roots = std::sqrt(0.04) + std::sqrt(0.1);
  EXPECT_NEAR(mean[2], std::sqrt(0.04) * layers.centre_x[0] / roots, 0.01);
  EXPECT_NEAR(mean[3], std::sqrt(0.1) * layers.centre_y[1] / roots, 0.01);
  EXPECT_NEAR(std::sqrt(square[0] - mean[0] * mean[0]), 0.03, 0.004);
  EXPECT_NEAR(std::sqrt(square[2] - mean[2] * mean[2]), 0.05, 0.007);
}

TEST(LayerCode, WhatIsDrawnDependsOnSeedAndShowerOnly) {
  const LayerCode code(geometry({5, 5, 3}));
  const ShowerBatch shower = sparse_shower();
  EXPECT_EQ(encode(code, shower, 0, 1), encode(code, shower, 0, 1));
  const std::vector<float> one = encode(code, shower, 0, 1);
  const std::vector<float> other = encode(code, shower, 0, 2);
  EXPECT_NE(one[0], other[0]) << "the depth of the shower";
  EXPECT_NE(one[6], other[6]) << "the empty layer";
  EXPECT_NE(one[11], other[11]) << "the centre of a single cell";
  EXPECT_EQ(one[7], other[7]);
}

void expect_near(const std::vector<double>& a, const std::vector<double>& b, double tolerance,
                 const char* what) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t l = 0; l < a.size(); ++l) {
    EXPECT_NEAR(a[l], b[l], tolerance * (1 + std::abs(b[l]))) << what << " of layer " << l;
  }
}

TEST(LayerCode, DecodesWhatItEncodes) {
  ShowerBatch batch = test::toy_showers(3, test::toy_energies(3, 20));
  const LayerCode code(geometry(batch.grid));
  for (std::int64_t shower = 0; shower < batch.size(); ++shower) {
    const Layers layers = code.measure(batch.shower(shower));
    const Layers decoded =
        code.decode(encode(code, batch, shower, 5),
                    static_cast<double>(batch.energy[static_cast<std::size_t>(shower)]));
    ASSERT_EQ(layers.energy.back(), 0) << "the toy showers leave the last layer empty";
    // What stands for the empty layer belongs to the response.
    expect_near(decoded.energy, layers.energy, 1e-5, "energy");
    expect_near(decoded.centre_x, layers.centre_x, 1e-6, "centre");
    expect_near(decoded.centre_y, layers.centre_y, 1e-6, "centre");
    expect_near(decoded.width_x, layers.width_x, 1e-6, "width");
    expect_near(decoded.width_y, layers.width_y, 1e-6, "width");
  }
}

TEST(LayerCode, AWildCodeIsALayerOfTheImageStill) {
  const LayerCode code(geometry({5, 5, 3}));
  const flow::LayerGeometry layers = code.layer_geometry();
  std::vector<float> wild(static_cast<std::size_t>(code.size()), 0);
  const auto at = [](std::int64_t place) { return static_cast<std::size_t>(place); };
  wild[at(layers.centres())] = -1e4f;
  wild[at(layers.widths())] = 1e4f;
  const Layers decoded = code.decode(wild, 10);
  EXPECT_EQ(decoded.centre_x[0], -flow::bent(2));
  EXPECT_EQ(decoded.width_x[0], flow::kMostWidth);
  // In an image of five columns.
  EXPECT_EQ(decoded.centre_x[1], 0);
  wild[at(layers.centres() + 1)] = 1e4f;
  EXPECT_NEAR(code.decode(wild, 10).centre_x[1], flow::bent(2), 1e-12);
}

void expect_the_graph_to_decode(ShowerBatch batch) {
  test::add_shower(batch, 30, {{1, 2, 0, 0.03f}, {3, 2, 3, 0.01f}});
  const LayerCode code(geometry(batch.grid));
  nn::Graph graph;
  const nn::NodeId code_input = graph.add("code", nn::Input{{code.size()}});
  const nn::NodeId energy = graph.add("primary", nn::Input{{1}});
  const flow::LayerGeometry layers = code.layer_geometry();
  const auto part_of_code = [&](const char* name, std::int64_t first, std::int64_t last) {
    return graph.add(name, nn::Slice{0, first, last}, {code_input});
  };
  const nn::NodeId energies = part_of_code("energies", layers.energies(), layers.centres());
  const nn::NodeId centres = part_of_code("centres", layers.centres(), layers.widths());
  const nn::NodeId widths = part_of_code("widths", layers.widths(), code.size());
  const nn::NodeId logs = flow::append_log_energies(graph, layers, "layers_", energies, energy);
  std::vector<nn::NodeId> true_widths;
  for (const std::int64_t axis : {0, 1}) {
    const std::string name = axis == 0 ? "x_" : "y_";
    const nn::NodeId of_axis = graph.add(
        name + "width", nn::Slice{0, axis * code.layers(), (axis + 1) * code.layers()}, {widths});
    true_widths.push_back(flow::append_true_widths(graph, layers, name, logs, of_axis));
  }
  const nn::NodeId told = graph.add("told_widths", nn::Concatenate{0}, true_widths);
  const flow::LayerNodes nodes = flow::append_layers(graph, layers, "layers_", logs, centres, told);
  graph.set_output("energy", nodes.energy);
  graph.set_output("shape", nodes.shape);
  std::map<std::string, std::vector<double>> inputs;
  for (std::int64_t shower = 0; shower < batch.size(); ++shower) {
    const std::vector<float> encoded = encode(code, batch, shower, 6);
    inputs["code"].insert(inputs["code"].end(), encoded.begin(), encoded.end());
    // Layers far from all showers.
    if (shower == 0) {
      *(inputs["code"].begin() + layers.centres()) = 1e4;
      *(inputs["code"].begin() + layers.widths()) = 1e4;
      *(inputs["code"].begin() + layers.centres() + 1) = -1e4;
      *(inputs["code"].begin() + layers.widths() + 1) = 0;
    }
    inputs["primary"].push_back(
        static_cast<double>(batch.energy[static_cast<std::size_t>(shower)]));
  }
  nn::reference::Interpreter interpreter(graph, batch.size());
  nn::reference::DoubleParameters none;
  interpreter.forward(inputs, none);
  const auto n = static_cast<std::size_t>(code.layers());
  const auto size = static_cast<std::size_t>(code.size());
  for (std::size_t shower = 0; shower < inputs["primary"].size(); ++shower) {
    const auto first = inputs["code"].begin() + static_cast<std::ptrdiff_t>(shower * size);
    std::vector<float> numbers;
    for (std::size_t k = 0; k < size; ++k) {
      numbers.push_back(static_cast<float>(first[static_cast<std::ptrdiff_t>(k)]));
    }
    const Layers expected = code.decode(numbers, inputs["primary"][shower]);
    const auto part = [&](const char* output, std::size_t width, std::size_t row) {
      const auto begin = interpreter.output(output).begin() +
                         static_cast<std::ptrdiff_t>((shower * width + row) * n);
      return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(n));
    };
    expect_near(part("energy", 1, 0), expected.energy, 1e-6, "energy");
    expect_near(part("shape", 4, 0), expected.centre_x, 1e-6, "centre");
    expect_near(part("shape", 4, 1), expected.centre_y, 1e-6, "centre");
    expect_near(part("shape", 4, 2), expected.width_x, 1e-6, "width");
    expect_near(part("shape", 4, 3), expected.width_y, 1e-6, "width");
  }
}

TEST(LayerCode, IsDecodedByTheGraphAsWell) {
  expect_the_graph_to_decode(test::toy_showers(4, test::toy_energies(4, 7)));
  // An axis between two cells, and one within a cell; every layer is a single column.
  expect_the_graph_to_decode(test::batch_of({6, 7, 4}, 30, {{5, 1, 0, 0.02f}, {0, 6, 1, 0.3f}}));
}

}  // namespace
}  // namespace showergan::layers
