#include <cmath>

#include <gtest/gtest.h>

#include "nn/reference/run.hpp"

/// Values worked out by hand for the operators that move, join or sum numbers.
namespace showergan::nn::reference {
namespace {

using Values = std::vector<double>;

/// An operator of several inputs a, b, …
Values join(const Operation& operation, const std::vector<std::pair<Shape, Values>>& inputs) {
  Graph graph;
  DoubleTensors values;
  std::vector<NodeId> ids;
  for (const auto& [shape, numbers] : inputs) {
    const std::string name(1, static_cast<char>('a' + ids.size()));
    ids.push_back(graph.add(name, Input{shape}));
    values[name] = numbers;
  }
  graph.set_output("y", graph.add("op", operation, ids));
  DoubleParameters parameters;
  Interpreter interpreter(graph, 1);
  interpreter.forward(values, parameters);
  return interpreter.output("y");
}

TEST(Dense, MultipliesByTheKernelAndAddsTheBias) {
  EXPECT_EQ(apply_with(Dense{2}, {3}, {1, 2, 3, 0, 0, 1}, {1, 10, 100, 2, 0, 1, 0.5, -0.5}, 2),
            (Values{321.5, 4.5, 100.5, 0.5}));
}

TEST(Activation, IsElementWise) {
  EXPECT_EQ(apply(Activation{Function::leaky_relu, 0.5}, {3}, {-2, 0, 2}), (Values{-1, 0, 2}));
}

TEST(Arithmetic, BroadcastsBothWays) {
  const std::pair<Shape, Values> column{{2, 1}, {10, 20}};
  const std::pair<Shape, Values> row{{3}, {1, 2, 4}};
  EXPECT_EQ(join(Arithmetic{BinaryFunction::add}, {column, row}), (Values{11, 12, 14, 21, 22, 24}));
  EXPECT_EQ(join(Arithmetic{BinaryFunction::subtract}, {row, column}),
            (Values{-9, -8, -6, -19, -18, -16}));
  EXPECT_EQ(join(Arithmetic{BinaryFunction::multiply}, {column, row}),
            (Values{10, 20, 40, 20, 40, 80}));
  EXPECT_EQ(join(Arithmetic{BinaryFunction::divide}, {column, row}),
            (Values{10, 5, 2.5, 20, 10, 5}));
}

TEST(Where, TakesTheSecondInputOnlyAboveZero) {
  EXPECT_EQ(join(Where{}, {{{4}, {1, 0, -1, NAN}}, {{4}, {1, 2, 3, 4}}, {{1}, {-5}}}),
            (Values{1, -5, -5, -5}));
}

TEST(Where, DoesNotLetTheOtherBranchIn) {
  EXPECT_EQ(join(Where{}, {{{2}, {1, -1}}, {{2}, {7, NAN}}, {{2}, {NAN, 8}}}), (Values{7, 8}));
}

TEST(Concatenate, JoinsAlongItsAxis) {
  const std::pair<Shape, Values> a{{2, 2}, {1, 2, 3, 4}};
  EXPECT_EQ(join(Concatenate{1}, {a, {{2, 1}, {10, 20}}}), (Values{1, 2, 10, 3, 4, 20}));
  EXPECT_EQ(join(Concatenate{0}, {a, {{1, 2}, {10, 20}}}), (Values{1, 2, 3, 4, 10, 20}));
}

TEST(Constant, IsTheSameForEverySample) {
  Graph graph;
  graph.set_output("y", graph.add("c", Constant{{2}, {1.5f, -2}}));
  DoubleParameters parameters;
  Interpreter interpreter(graph, 2);
  interpreter.forward({}, parameters);
  EXPECT_EQ(interpreter.output("y"), (Values{1.5, -2, 1.5, -2}));
}

TEST(AveragePooling, DropsTheRest) {
  EXPECT_EQ(apply(AveragePooling{{1, 1, 2}}, {2, 1, 1, 5}, {1, 3, 5, 7, 100, 2, 4, 6, 8, 100}),
            (Values{2, 6, 3, 7}));
}

TEST(Cropping, CutsBothSides) {
  EXPECT_EQ(apply(Cropping{{{0, 1, 0}, {0, 0, 2}}}, {1, 1, 2, 3}, {1, 2, 3, 4, 5, 6}), Values{4});
}

TEST(ZeroPadding, AddsBothSides) {
  EXPECT_EQ(apply(ZeroPadding{{{0, 0, 1}, {0, 1, 0}}}, {1, 1, 1, 2}, {1, 2}),
            (Values{0, 1, 2, 0, 0, 0}));
}

TEST(Upsampling, RepeatsCells) {
  EXPECT_EQ(apply(Upsampling{{1, 2, 3}}, {1, 1, 1, 2}, {1, 2}),
            (Values{1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2}));
}

TEST(DepthToSpace, DealsOutBlocksBeforeChannels) {
  // Two channels, block (1, 1, 2): input channels are (offset 0: c0, c1), (offset 1: c0, c1).
  EXPECT_EQ(apply(DepthToSpace{{1, 1, 2}}, {4, 1, 1, 2}, {1, 2, 10, 20, 3, 4, 30, 40}),
            (Values{1, 3, 2, 4, 10, 30, 20, 40}));
  // One channel, block (2, 2, 2): channel number and cell number agree.
  EXPECT_EQ(apply(DepthToSpace{{2, 2, 2}}, {8, 1, 1, 1}, {0, 1, 2, 3, 4, 5, 6, 7}),
            (Values{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(Permute, MovesAxes) {
  EXPECT_EQ(apply(Permute{{1, 0}}, {2, 3}, {1, 2, 3, 4, 5, 6}), (Values{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(apply(Permute{{2, 0, 1}}, {1, 2, 3}, {1, 2, 3, 4, 5, 6}), (Values{1, 4, 2, 5, 3, 6}));
}

TEST(Slice, TakesEverySecond) {
  EXPECT_EQ(apply(Slice{1, 1, 4, 2}, {2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}), (Values{2, 4, 6, 8}));
}

TEST(Reduction, SumsAndAverages) {
  const Values x{1, 2, 3, 4, 5, 6};
  EXPECT_EQ(apply(Reduction{Reducer::sum, {1}, false}, {2, 3}, x), (Values{6, 15}));
  EXPECT_EQ(apply(Reduction{Reducer::mean, {0}, true}, {2, 3}, x), (Values{2.5, 3.5, 4.5}));
  EXPECT_EQ(apply(Reduction{Reducer::sum, {0, 1}, false}, {2, 3}, x), Values{21});
  EXPECT_EQ(apply(Reduction{Reducer::sum, {0}, false}, {3}, x, 2), (Values{6, 15}));
}

TEST(Softmax, SumsToOneAndSurvivesLargeNumbers) {
  const Values y = apply(Softmax{0}, {2}, {1000, 1000 + std::log(3.0)});
  EXPECT_NEAR(y[0], 0.25, 1e-12);
  EXPECT_NEAR(y[1], 0.75, 1e-12);
}

}  // namespace
}  // namespace showergan::nn::reference
