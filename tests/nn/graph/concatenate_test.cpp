#include "nn/graph/concatenate.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Concatenate, AddsUpOneAxis) {
  EXPECT_EQ(shape_of(Concatenate{0}, {{3}, {1}, {5}}), Shape{9});
  EXPECT_EQ(shape_of(Concatenate{1}, {{2, 3, 4}, {2, 5, 4}}), (Shape{2, 8, 4}));
}

TEST(Concatenate, NamesTheTwoThatDoNotFit) {
  EXPECT_EQ(error_of(Concatenate{1}, {{2, 3}, {3, 3}}),
            "concatenate cannot join 2×3 and 3×3 along axis 1");
  EXPECT_EQ(error_of(Concatenate{0}, {{2, 3}, {2}}),
            "concatenate cannot join 2×3 and 2 along axis 0");
  EXPECT_EQ(error_of(Concatenate{2}, {{2, 3}, {2, 3}}), "concatenate has no axis 2 in 2×3");
  EXPECT_EQ(error_of(Concatenate{-1}, {{2, 3}, {2, 3}}), "concatenate has no axis -1 in 2×3");
  EXPECT_EQ(error_of(Concatenate{0}, {}), "concatenate needs at least one input");
}

}  // namespace
}  // namespace showergan::nn
