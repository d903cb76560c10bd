#include "nn/graph/conv3d.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "nn/reference/run.hpp"

namespace showergan::nn::reference {
namespace {

using Values = std::vector<double>;

TEST(Conv3d, IsACrossCorrelationAlongTheDepth) {
  const Conv3d conv{1, {1, 1, 2}};
  EXPECT_EQ(apply_with(conv, {1, 1, 1, 4}, {1, 2, 3, 5}, {10, 1, 0.5}), (Values{12.5, 23.5, 35.5}));
}

TEST(Conv3d, KeepsTheAxesApart) {
  // One cell of value 1 at (x, y, z) = (1, 0, 2): the result is the kernel, mirrored and moved.
  Values image(2 * 2 * 3, 0.0);
  image[(1 * 2 + 0) * 3 + 2] = 1;
  Conv3d conv{1, {2, 1, 3}};
  conv.bias = false;
  EXPECT_EQ(apply_with(conv, {1, 2, 2, 3}, image, {1, 2, 3, 4, 5, 6}), (Values{6, 0}));
}

TEST(Conv3d, AddsUpChannelsForEachFilter) {
  const Conv3d conv{2, {1, 1, 1}};
  // Kernel (filter, channel) = {{1, 2}, {3, 4}}, bias {0.5, −0.5}.
  EXPECT_EQ(apply_with(conv, {2, 1, 1, 2}, {1, 2, 10, 20}, {1, 2, 3, 4, 0.5, -0.5}),
            (Values{21.5, 42.5, 42.5, 85.5}));
}

TEST(Conv3d, PadsEachSideByItsOwnNumber) {
  Conv3d conv{1, {1, 1, 2}};
  conv.bias = false;
  conv.padding.before = {0, 0, 2};
  conv.padding.after = {0, 0, 1};
  EXPECT_EQ(apply_with(conv, {1, 1, 1, 2}, {1, 2}, {3, 5}), (Values{0, 5, 13, 6}));
}

TEST(Conv3d, Strides) {
  Conv3d conv{1, {1, 1, 2}, {1, 1, 2}};
  conv.bias = false;
  conv.padding.before = {0, 0, 1};
  EXPECT_EQ(apply_with(conv, {1, 1, 1, 5}, {1, 2, 3, 4, 5}, {1, 10}), (Values{10, 32, 54}));
}

TEST(Conv3d, KeepsSamplesApart) {
  const Conv3d conv{1, {1, 1, 1}};
  EXPECT_EQ(apply_with(conv, {1, 1, 1, 1}, {1, 2, 3}, {2, 1}, 3), (Values{3, 5, 7}));
}

TEST(Conv3d, EpilogueIsActivationThenNormalization) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{1, 1, 1, 2}});
  Conv3d conv{1, {1, 1, 1}};
  conv.epilogue = {{Function::leaky_relu, 0.5}, true, 1.0};
  graph.set_output("y", graph.add("conv", conv, {x}));
  // kernel 2, bias 0, gamma 3, beta 1; moving mean 1, variance 3 (with epsilon: deviation 2).
  DoubleParameters parameters{{2, 0, 3, 1}, {1, 3}};
  Interpreter interpreter(graph, 1);
  interpreter.forward({{"x", {-1, 2}}}, parameters);
  EXPECT_EQ(interpreter.output("y"), (Values{3 * (-1.0 - 1) / 2 + 1, 3 * (4.0 - 1) / 2 + 1}));
  interpreter.backward({{"y", {1, 1}}}, parameters);
  EXPECT_EQ(interpreter.gradient(x), (Values{3.0 / 2 * 0.5 * 2, 3.0 / 2 * 2}));
  // d kernel = Σ 3/2 f'(2x) x; d gamma = Σ (f − 1) / 2; d beta = 2.
  EXPECT_EQ(interpreter.parameter_gradients(),
            (Values{1.5 * (0.5 * -1 + 2), 1.5 * 1.5, (-2.0 + 3.0) / 2, 2}));
}

}  // namespace
}  // namespace showergan::nn::reference
