#include "nn/graph/conv3d.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Conv3d, ShrinksByTheKernel) {
  EXPECT_EQ(shape_of(Conv3d{6, {6, 5, 8}}, {{64, 18, 18, 16}}), (Shape{6, 13, 14, 9}));
}

TEST(Conv3d, GrowsByThePaddingOfEachSide) {
  EXPECT_EQ(shape_of(Conv3d{6, {3, 3, 8}, {1, 1, 1}, {{1, 0, 3}, {1, 0, 3}}}, {{6, 26, 28, 27}}),
            (Shape{6, 26, 26, 26}));
}

TEST(Conv3d, DividesByTheStride) {
  EXPECT_EQ(shape_of(Conv3d{1, {3, 2, 1}, {2, 2, 3}}, {{1, 7, 7, 7}}), (Shape{1, 3, 3, 3}));
}

TEST(Conv3d, SamePaddingKeepsTheExtentAndPutsLessBefore) {
  const Padding padding = same_padding({6, 5, 8});
  EXPECT_EQ(padding, (Padding{{2, 2, 3}, {3, 2, 4}}));
  EXPECT_EQ(shape_of(Conv3d{64, {6, 5, 8}, {1, 1, 1}, padding}, {{8, 7, 7, 8}}),
            (Shape{64, 7, 7, 8}));
}

TEST(Conv3d, HasAKernelAndPerhapsABias) {
  Conv3d conv{6, {3, 3, 8}};
  const std::vector<Shape> inputs{{5, 28, 28, 33}};
  auto specs = parameters(conv, inputs);
  ASSERT_EQ(specs.size(), 2u);
  EXPECT_EQ(specs[0].role, "kernel");
  EXPECT_EQ(specs[0].shape, (Shape{6, 5, 3, 3, 8}));
  EXPECT_EQ(specs[0].fan_in, 5 * 72);
  EXPECT_EQ(specs[0].fan_out, 6 * 72);
  EXPECT_EQ(specs[1].role, "bias");
  EXPECT_EQ(specs[1].shape, Shape{6});
  conv.bias = false;
  EXPECT_EQ(parameters(conv, inputs).size(), 1u);
  conv.epilogue.normalize = true;
  specs = parameters(conv, inputs);
  ASSERT_EQ(specs.size(), 5u);
  EXPECT_EQ(specs[1].role, "gamma");
  EXPECT_EQ(specs[4].role, "moving_variance");
}

TEST(Conv3d, CountsMultiplyAddsPerOutput) {
  const std::vector<Shape> inputs{{2, 5, 5, 5}};
  EXPECT_EQ(multiply_adds(Conv3d{3, {2, 2, 2}}, inputs, {3, 4, 4, 4}), 3 * 64 * 2 * 8);
}

TEST(Conv3d, NamesWhatDoesNotFit) {
  const char* malformed =
      "conv3d needs positive filters, kernel and strides and no negative padding";
  EXPECT_EQ(error_of(Conv3d{0}, {{1, 2, 2, 2}}), malformed);
  EXPECT_EQ(error_of(Conv3d{1, {1, 0, 1}}, {{1, 2, 2, 2}}), malformed);
  EXPECT_EQ(error_of(Conv3d{1, {1, 1, 1}, {1, 1, 0}}, {{1, 2, 2, 2}}), malformed);
  EXPECT_EQ(error_of(Conv3d{1, {1, 1, 1}, {1, 1, 1}, {{-1, 0, 0}, {0, 0, 0}}}, {{1, 2, 2, 2}}),
            malformed);
  EXPECT_EQ(error_of(Conv3d{1, {1, 1, 1}, {1, 1, 1}, {{0, 0, 0}, {0, 0, -1}}}, {{1, 2, 2, 2}}),
            malformed);
  EXPECT_EQ(error_of(Conv3d{1, {2, 3, 2}}, {{1, 2, 2, 2}}),
            "the kernel 2×3×2 is larger than the padded image: 1 channel of 2×2×2");
  EXPECT_EQ(error_of(Conv3d{}, {{7}}), "conv3d needs an image (channels, x, y, z), not 7");
  EXPECT_EQ(error_of(Conv3d{}, {}), "conv3d takes 1 input, not 0");
}

TEST(Conv3d, UpSamplesByPositiveFactorsAtStrideOne) {
  const char* malformed = "conv3d up-samples by positive factors, and only at stride 1";
  Conv3d conv{1, {2, 2, 2}};
  conv.upsampling = {2, 1, 3};
  EXPECT_EQ(shape_of(conv, {{1, 2, 2, 2}}), (Shape{1, 3, 1, 5}));
  for (const Triple& factor : {Triple{0, 1, 1}, Triple{2, 2, -1}}) {
    conv.upsampling = factor;
    EXPECT_EQ(error_of(conv, {{1, 2, 2, 2}}), malformed) << to_string(factor);
  }
  conv.upsampling = {1, 1, 2};
  for (const Triple& stride : {Triple{2, 1, 1}, Triple{1, 1, 2}}) {  // not along that axis either
    conv.stride = stride;
    EXPECT_EQ(error_of(conv, {{1, 2, 2, 2}}), malformed) << to_string(stride);
  }
  conv.upsampling = {1, 1, 1};
  EXPECT_EQ(shape_of(conv, {{1, 2, 2, 4}}), (Shape{1, 1, 1, 2}));
}

}  // namespace
}  // namespace showergan::nn
