#include "nn/graph/activation.hpp"

#include <numbers>

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

constexpr double ln2 = std::numbers::ln2;

std::vector<Activation> all() {
  return {{Function::linear},
          {Function::relu},
          {Function::leaky_relu, 0.3},
          {Function::sigmoid},
          {Function::tanh},
          {Function::atan},
          {Function::softplus},
          {Function::exp},
          {Function::log},
          {Function::power, 1.7},
          {Function::power, -1},
          {Function::power, 0.85},
          {Function::clip, -0.5, 1},
          {Function::leaky_relu, -0.1}};
}

TEST(Activation, Evaluates) {
  EXPECT_EQ(evaluate({Function::linear}, -3), -3);
  EXPECT_EQ(evaluate({Function::relu}, -3), 0);
  EXPECT_EQ(evaluate({Function::relu}, 3), 3);
  EXPECT_EQ(evaluate({Function::leaky_relu, 0.25}, -4), -1);
  EXPECT_EQ(evaluate({Function::leaky_relu, 0.25}, 4), 4);
  EXPECT_DOUBLE_EQ(evaluate({Function::sigmoid}, -ln2), 1.0 / 3);
  EXPECT_DOUBLE_EQ(evaluate({Function::tanh}, ln2), 0.6);
  EXPECT_DOUBLE_EQ(evaluate({Function::atan}, 1), std::numbers::pi / 4);
  EXPECT_DOUBLE_EQ(evaluate({Function::softplus}, 0), ln2);
  EXPECT_DOUBLE_EQ(evaluate({Function::exp}, ln2), 2);
  EXPECT_DOUBLE_EQ(evaluate({Function::log}, 2), ln2);
  EXPECT_DOUBLE_EQ(evaluate({Function::power, 3}, -2), -8);
  EXPECT_EQ(evaluate({Function::power, 0.85}, 0), 0);
  EXPECT_EQ(evaluate({Function::clip, -1, 2}, -3), -1);
  EXPECT_EQ(evaluate({Function::clip, -1, 2}, 3), 2);
  EXPECT_EQ(evaluate({Function::clip, -1, 2}, 0.5), 0.5);
}

TEST(Activation, StaysFiniteFarFromZero) {
  EXPECT_EQ(evaluate({Function::softplus}, 1000), 1000);
  EXPECT_EQ(evaluate({Function::softplus}, -1000), 0);
  EXPECT_EQ(evaluate({Function::sigmoid}, -1000), 0);
  EXPECT_EQ(evaluate({Function::sigmoid}, 1000), 1);
  EXPECT_EQ(derivative({Function::tanh}, 1000), 0);
}

TEST(Activation, DerivativeAgreesWithFiniteDifferences) {
  constexpr double h = 1e-6;
  for (const Activation& f : all()) {
    const bool positive_only = f.function == Function::log || f.function == Function::power;
    for (const double x : {-2.3, -0.7, -0.1, 0.1, 0.6, 1.9}) {
      if (positive_only && x < 0) continue;
      const double expected = (evaluate(f, x + h) - evaluate(f, x - h)) / (2 * h);
      EXPECT_NEAR(derivative(f, x), expected, 1e-7) << name_of(f.function) << " at " << x;
    }
  }
}

TEST(Activation, TakesTheLeftDerivativeAtAKink) {
  EXPECT_EQ(derivative({Function::relu}, 0), 0);
  EXPECT_EQ(derivative({Function::leaky_relu, 0.3}, 0), 0.3);
  EXPECT_EQ(derivative({Function::clip, -1, 2}, -1), 0);
  EXPECT_EQ(derivative({Function::clip, -1, 2}, 2), 1);
}

TEST(Activation, HasNoInfiniteSlopeAtEmptyCells) {
  EXPECT_EQ(derivative({Function::power, 0.85}, 0), 0);
  EXPECT_EQ(derivative({Function::power, 1}, 0), 1);
  EXPECT_EQ(derivative({Function::power, 2}, 0), 0);
}

/// Two inputs with the same output must then have the same slope.
TEST(Activation, DerivativeFromOutputIsOnlyClaimedWhereItHolds) {
  for (const Activation& f : all()) {
    if (!f.derivative_from_output()) continue;
    for (double a = -2; a < 2; a += 0.125) {
      for (double b = -2; b < 2; b += 0.125) {
        if (evaluate(f, a) != evaluate(f, b)) continue;
        EXPECT_EQ(derivative(f, a), derivative(f, b)) << name_of(f.function) << a << " " << b;
      }
    }
  }
  EXPECT_TRUE((Activation{Function::leaky_relu, 0.3}.derivative_from_output()));
  EXPECT_FALSE((Activation{Function::leaky_relu, -0.3}.derivative_from_output()));
  EXPECT_FALSE((Activation{Function::clip, -1, 2}.derivative_from_output()));
}

TEST(Activation, KnowsItsFunctionsByName) {
  for (const Activation& f : all()) EXPECT_EQ(function_named(name_of(f.function)), f.function);
  EXPECT_FALSE(function_named("swish").has_value());
  EXPECT_EQ(name_of(static_cast<Function>(99)), "unknown");
}

TEST(Activation, KeepsTheShapeOfItsOnlyInput) {
  EXPECT_EQ(shape_of(Activation{}, {{3, 4}}), (Shape{3, 4}));
  EXPECT_EQ(error_of(Activation{Function::relu}, {}), "relu takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
