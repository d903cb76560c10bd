#include "nn/graph/arithmetic.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Arithmetic, BroadcastsFromTheLastAxis) {
  const Arithmetic add{BinaryFunction::add};
  EXPECT_EQ(shape_of(add, {{3, 2}, {3, 2}}), (Shape{3, 2}));
  EXPECT_EQ(shape_of(add, {{1}, {3, 2}}), (Shape{3, 2}));
  EXPECT_EQ(shape_of(add, {{3, 2, 5, 3}, {5, 1}}), (Shape{3, 2, 5, 3}));
  EXPECT_EQ(shape_of(add, {{3, 1}, {2}}), (Shape{3, 2}));
}

TEST(Arithmetic, NamesTheTwoThatDoNotFit) {
  EXPECT_EQ(error_of(Arithmetic{BinaryFunction::multiply}, {{3, 2}, {3}}),
            "multiply cannot broadcast 3×2 and 3");
  EXPECT_EQ(error_of(Arithmetic{BinaryFunction::divide}, {{3}}), "divide takes 2 inputs, not 1");
}

TEST(Arithmetic, KnowsItsFunctionsByName) {
  for (const auto function : {BinaryFunction::add, BinaryFunction::subtract,
                              BinaryFunction::multiply, BinaryFunction::divide}) {
    EXPECT_EQ(binary_function_named(name_of(function)), function);
  }
  EXPECT_FALSE(binary_function_named("modulo").has_value());
  EXPECT_EQ(name_of(static_cast<BinaryFunction>(99)), "unknown");
}

}  // namespace
}  // namespace showergan::nn
