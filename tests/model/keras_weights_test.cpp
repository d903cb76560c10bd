#include "model/keras_weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "model/definition.hpp"
#include "nn/reference/interpreter.hpp"
#include "store/named_arrays.hpp"
#include "support/error_text.hpp"
#include "support/shared_data.hpp"

namespace showergan {
namespace {

using nn::Activation;
using nn::Function;
using nn::Graph;
using nn::NodeId;

NamedArray counting(std::vector<std::int64_t> shape) {
  NamedArray array{shape, {}};
  for (std::int64_t i = 0; i < nn::element_count(shape); ++i) {
    array.values.push_back(static_cast<float>(i));
  }
  return array;
}

std::vector<double> run(const Graph& graph, const nn::Parameters& parameters,
                        const std::map<std::string, std::vector<double>>& inputs,
                        const std::string& output) {
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters doubles = nn::reference::to_double(parameters);
  interpreter.forward(inputs, doubles);
  return interpreter.output(output);
}

/// x (2) → dense (12) → tanh → 2 channels of 3×2×1, with weights of Keras that number the units:
/// unit u has the value u + 1, and Keras puts it at channel u % 2 of cell u / 2.
TEST(KerasOrder, DenseBeforeAnImage) {
  Graph graph;
  NodeId x = graph.add("x", nn::Input{{2}});
  x = graph.add("d", nn::Dense{12}, {x});
  x = graph.add("linear", Activation{Function::leaky_relu, 0.3}, {x});
  graph.set_output("y", graph.add("r", nn::Reshape{{2, 3, 2, 1}}, {x}));
  NamedArray kernel = counting({2, 12});
  for (std::size_t i = 12; i < 24; ++i) kernel.values[i] = 0;
  NamedArray bias{{12}, std::vector<float>(12, 1)};
  const nn::Parameters p =
      load_keras_weights(graph, {{"d/d/kernel:0", kernel}, {"d/d/bias:0", bias}}, "w.h5");
  EXPECT_EQ(run(graph, p, {{"x", {1, 5}}}, "y"),
            (std::vector<double>{1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12}));
}

/// The other way: Keras flattens cell by cell with the channels innermost.
TEST(KerasOrder, DenseAfterAnImage) {
  Graph graph;
  NodeId x = graph.add("x", nn::Input{{2, 3, 2, 1}});
  x = graph.add("f", nn::Reshape{{-1}}, {x});
  x = graph.add("drop", nn::Dropout{0.2}, {x});
  graph.set_output("y", graph.add("d", nn::Dense{1, false}, {x}));
  const nn::Parameters p = load_keras_weights(graph, {{"m/d/kernel:0", counting({12, 1})}}, "w.h5");
  EXPECT_EQ(p.trainable, (std::vector<float>{0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11}));
}

TEST(KerasOrder, FlattenedAndReshapedAtOnce) {
  Graph graph;
  NodeId x = graph.add("x", nn::Input{{2, 1, 1, 2}});
  x = graph.add("f", nn::Reshape{{-1}}, {x});
  x = graph.add("d", nn::Dense{4, false}, {x});
  graph.set_output("y", graph.add("r", nn::Reshape{{2, 2, 1, 1}}, {x}));
  const nn::Parameters p = load_keras_weights(graph, {{"d/kernel:0", counting({4, 4})}}, "w.h5");
  // Row: our unit (c, x) is Keras's 2 x + c; column: our input (c, z) is Keras's 2 z + c.
  EXPECT_EQ(p.trainable,
            (std::vector<float>{0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}));
}

TEST(KerasOrder, ConvolutionKernels) {
  Graph graph;
  NodeId x = graph.add("x", nn::Input{{2, 2, 1, 2}});
  x = graph.add("c", nn::Conv3d{3, {2, 1, 1}, {1, 1, 1}, {}, false}, {x});
  nn::Conv3dTranspose transpose{2, {1, 1, 2}};
  transpose.bias = false;
  graph.set_output("y", graph.add("t", transpose, {x}));
  const nn::Parameters p = load_keras_weights(
      graph, {{"c/kernel:0", counting({2, 1, 1, 2, 3})}, {"t/kernel:0", counting({1, 1, 2, 2, 3})}},
      "w.h5");
  // (filter, channel, tap) ← tap · 6 + channel · 3 + filter
  EXPECT_EQ(std::vector<float>(p.trainable.begin(), p.trainable.begin() + 12),
            (std::vector<float>{0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11}));
  // (channel, filter, tap) ← tap · 6 + filter · 3 + channel
  EXPECT_EQ(std::vector<float>(p.trainable.begin() + 12, p.trainable.end()),
            (std::vector<float>{0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11}));
}

TEST(KerasOrder, WhatCannotBeFollowedIsRefused) {
  Graph before;
  NodeId x = before.add("x", nn::Input{{2, 1, 1, 2}});
  const NodeId e = before.add("e", nn::Input{{1}});
  const NodeId flat = before.add("f", nn::Reshape{{-1}}, {x});
  const NodeId joined = before.add("j", nn::Concatenate{0}, {flat, e});
  before.set_output("y", before.add("d", nn::Dense{1, false}, {joined}));
  EXPECT_EQ(
      test::input_error([&] {
        load_keras_weights(before, {{"d/kernel:0", counting({5, 1})}}, "w.h5");
      }),
      "the weights of layer 'd' cannot be brought into our order: layer 'j' is between it and "
      "the image (w.h5); put the dense layer next to the reshape or flatten");
  Graph after;
  x = after.add("x", nn::Input{{2}});
  x = after.add("d", nn::Dense{4, false}, {x});
  x = after.add("n", nn::BatchNormalization{}, {x});
  after.set_output("y", after.add("r", nn::Reshape{{2, 2, 1, 1}}, {x}));
  EXPECT_NE(test::input_error([&] {
              load_keras_weights(after, {{"d/kernel:0", counting({2, 4})}}, "w.h5");
            }).find("layer 'n' is between it and the image"),
            std::string::npos);
}

TEST(KerasOrder, VectorsThatAreNoImagesMayBeJoinedAndCut) {
  Graph graph;
  NodeId x = graph.add("x", nn::Input{{4}});
  const NodeId a = graph.add("a", nn::Dense{2, false}, {x});
  const NodeId part = graph.add("p", nn::Slice{0, 0, 2}, {x});
  const NodeId joined = graph.add("j", nn::Concatenate{0}, {part, a});
  graph.set_output("y", graph.add("b", nn::Dense{1, false}, {joined}));
  EXPECT_NO_THROW(load_keras_weights(
      graph, {{"a/kernel:0", counting({4, 2})}, {"b/kernel:0", counting({4, 1})}}, "w.h5"));
}

class KerasErrors : public testing::Test {
 protected:
  KerasErrors() {
    const NodeId x = graph_.add("x", nn::Input{{2}});
    graph_.set_output("y", graph_.add("d", nn::Dense{3}, {x}));
  }
  std::string error(const NamedArrays& arrays) {
    return test::input_error([&] { load_keras_weights(graph_, arrays, "w.h5"); });
  }
  Graph graph_;
  NamedArrays good_{{"m/d/kernel:0", counting({2, 3})}, {"m/d/bias:0", counting({3})}};
};

TEST_F(KerasErrors, GoodOnesLoad) {
  EXPECT_EQ(load_keras_weights(graph_, good_, "w.h5").trainable.size(), 9u);
  good_["number"] = {{}, {1}};  // stands in no layer: the optimiser's iterations, for instance
  EXPECT_NO_THROW(load_keras_weights(graph_, good_, "w.h5"));
}

TEST_F(KerasErrors, MissingAndSuperfluousLayers) {
  const std::string advice = "; choose the architecture that the weights belong to";
  NamedArrays arrays = good_;
  arrays.erase("m/d/bias:0");
  EXPECT_EQ(error(arrays), "there are no weights for 'd/bias' (w.h5)" + advice);
  arrays = good_;
  arrays["m/e/bias:0"] = counting({3});
  EXPECT_EQ(error(arrays),
            "the weights 'm/e/bias:0' belong to no layer of the network (w.h5)" + advice);
  arrays = good_;
  arrays["d/bias:0"] = counting({3});
  EXPECT_EQ(error(arrays), "'d/bias:0' and 'm/d/bias:0' are the same weights (w.h5)");
  EXPECT_EQ(error({}), "there are no weights for 'd/kernel' (w.h5)" + advice);
}

TEST_F(KerasErrors, ShapesAndValues) {
  NamedArrays arrays = good_;
  arrays["m/d/kernel:0"] = counting({3, 2});
  EXPECT_EQ(error(arrays),
            "the weights 'm/d/kernel:0' are (3, 2), but 'd/kernel' of the network is (2, 3) "
            "(w.h5); choose the architecture that the weights belong to");
  arrays = good_;
  arrays["m/d/kernel:0"].values[4] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(error(arrays), "the weights 'm/d/kernel:0' hold numbers that are not finite (w.h5)");
}

TEST_F(KerasErrors, LayersAreCounted) {
  const LayerMatch match = match_keras_layers(graph_, good_);
  EXPECT_EQ(match.found, 1);
  EXPECT_EQ(match.layers, 1);
  EXPECT_EQ(match_keras_layers(graph_, {{"m/e/bias:0", counting({3})}}).found, 0);
}

/// Part `i` of an array along its first axis.
std::vector<double> row(const NamedArray& array, std::size_t i) {
  const std::size_t size = array.values.size() / static_cast<std::size_t>(array.shape[0]);
  const auto begin = array.values.begin() + static_cast<std::ptrdiff_t>(i * size);
  return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  EXPECT_EQ(a.size(), b.size());
  double largest = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    largest = std::max(largest, std::abs(a[i] - b[i]));
  }
  return largest;
}

TEST(PublishedWeights, GeneratorReproducesItsShowers) {
  const auto weights = test::shared_data("keras-3dgan/generator.hdf5");
  const auto expected = test::shared_data("keras-3dgan/generator-expected.h5");
  SHOWERGAN_NEEDS_FILE(weights);
  SHOWERGAN_NEEDS_FILE(expected);
  const ModelDefinition definition = find_definition("3dgan");
  const nn::Parameters parameters =
      load_keras_weights(definition.generator, read_named_arrays(weights), weights.string());
  const NamedArrays arrays = read_named_arrays(expected);
  const NamedArray& showers = arrays.at("ECAL");
  const double hottest = *std::max_element(showers.values.begin(), showers.values.end());
  const std::vector<double> shower =
      run(definition.generator, parameters,
          {{"noise", row(arrays.at("noise"), 5)}, {"condition", row(arrays.at("energy"), 5)}},
          "shower");
  EXPECT_LT(largest_difference(shower, row(showers, 5)), 2e-5 * hottest);
}

TEST(PublishedWeights, DiscriminatorReproducesItsAnswers) {
  const auto weights = test::shared_data("keras-3dgan/discriminator.hdf5");
  const auto images = test::shared_data("keras-3dgan/generator-expected.h5");
  const auto expected = test::shared_data("keras-3dgan/discriminator-expected.h5");
  SHOWERGAN_NEEDS_FILE(weights);
  SHOWERGAN_NEEDS_FILE(images);
  SHOWERGAN_NEEDS_FILE(expected);
  const ModelDefinition definition = find_definition("3dgan");
  const Graph& graph = *definition.discriminator;
  const nn::Parameters parameters =
      load_keras_weights(graph, read_named_arrays(weights), weights.string());
  const NamedArrays answers = read_named_arrays(expected);
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters doubles = nn::reference::to_double(parameters);
  interpreter.forward({{"image", row(read_named_arrays(images).at("ECAL"), 2)}}, doubles);
  for (const char* name : {"generation", "auxiliary", "ecal"}) {
    const double answer = row(answers.at(name), 2)[0];
    EXPECT_NEAR(interpreter.output(name)[0], answer, 1e-5 * std::abs(answer)) << name;
  }
}

TEST(PublishedWeights, FitTheirPart) {
  const auto weights = test::shared_data("keras-3dgan/discriminator.hdf5");
  SHOWERGAN_NEEDS_FILE(weights);
  const NamedArrays arrays = read_named_arrays(weights);
  const ModelDefinition definition = find_definition("3dgan");
  EXPECT_EQ(match_keras_layers(definition.generator, arrays).found, 0);
  EXPECT_EQ(match_keras_layers(*definition.discriminator, arrays).found, 9);
}

}  // namespace
}  // namespace showergan
