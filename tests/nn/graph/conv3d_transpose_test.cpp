#include "nn/graph/conv3d_transpose.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Conv3dTranspose, GrowsByTheStride) {
  Conv3dTranspose conv{4, {3, 2, 4}, {2, 1, 3}};
  EXPECT_EQ(shape_of(conv, {{3, 3, 4, 5}}), (Shape{4, 7, 5, 16}));
  conv.padding = {{1, 0, 2}, {0, 1, 0}};
  conv.extra = {1, 0, 2};
  EXPECT_EQ(shape_of(conv, {{3, 3, 4, 5}}), (Shape{4, 7, 4, 16}));
}

TEST(Conv3dTranspose, HasItsKernelTheOtherWayRound) {
  Conv3dTranspose conv{4, {3, 2, 1}};
  const std::vector<Shape> inputs{{3, 5, 5, 5}};
  auto specs = parameters(conv, inputs);
  ASSERT_EQ(specs.size(), 2u);
  EXPECT_EQ(specs[0].shape, (Shape{3, 4, 3, 2, 1}));
  EXPECT_EQ(specs[0].fan_in, 18);
  EXPECT_EQ(specs[0].fan_out, 24);
  EXPECT_EQ(specs[1].shape, Shape{4});
  conv.epilogue.normalize = true;
  EXPECT_EQ(parameters(conv, inputs).size(), 6u);
  EXPECT_EQ(multiply_adds(conv, inputs, {}), 3 * 125 * 4 * 6);
}

TEST(Conv3dTranspose, NamesWhatDoesNotFit) {
  const char* malformed =
      "conv3d_transpose needs positive filters, kernel and strides, no negative padding, and extra "
      "cells below the stride";
  EXPECT_EQ(error_of(Conv3dTranspose{0}, {{1, 2, 2, 2}}), malformed);
  EXPECT_EQ(error_of(Conv3dTranspose{1, {0, 1, 1}}, {{1, 2, 2, 2}}), malformed);
  EXPECT_EQ(error_of(Conv3dTranspose{1, {1, 1, 1}, {0, 1, 1}}, {{1, 2, 2, 2}}), malformed);
  Conv3dTranspose conv{1, {2, 2, 2}, {2, 2, 2}};
  conv.extra = {0, 2, 0};
  EXPECT_EQ(error_of(conv, {{1, 2, 2, 2}}), malformed);
  conv.extra = {0, -1, 0};
  EXPECT_EQ(error_of(conv, {{1, 2, 2, 2}}), malformed);
  conv.extra = {};
  conv.padding.before = {-1, 0, 0};
  EXPECT_EQ(error_of(conv, {{1, 2, 2, 2}}), malformed);
  conv.padding = {{2, 0, 0}, {2, 0, 0}};
  EXPECT_EQ(error_of(conv, {{1, 2, 2, 2}}),
            "conv3d_transpose leaves nothing of 1 channel of 2×2×2: it would be 1 channel of "
            "0×4×4");
  EXPECT_EQ(error_of(conv, {{7, 2}}),
            "conv3d_transpose needs an image (channels, x, y, z), not 7×2");
  EXPECT_EQ(error_of(conv, {}), "conv3d_transpose takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
