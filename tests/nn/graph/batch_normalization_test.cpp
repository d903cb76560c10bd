#include "nn/graph/batch_normalization.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(BatchNormalization, KeepsTheShape) {
  EXPECT_EQ(shape_of(BatchNormalization{}, {{8, 3, 2, 1}}), (Shape{8, 3, 2, 1}));
  EXPECT_EQ(error_of(BatchNormalization{}, {{}}), "batch_normalization needs a channel axis");
  EXPECT_EQ(error_of(BatchNormalization{}, {}), "batch_normalization takes 1 input, not 0");
}

TEST(BatchNormalization, HasFourNumbersPerChannel) {
  const auto specs = parameters(BatchNormalization{}, std::vector<Shape>{{8, 3, 2, 1}});
  ASSERT_EQ(specs.size(), 4u);
  const char* roles[] = {"gamma", "beta", "moving_mean", "moving_variance"};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(specs[i].role, roles[i]);
    EXPECT_EQ(specs[i].shape, Shape{8});
    EXPECT_EQ(specs[i].trainable, i < 2);
    EXPECT_EQ(specs[i].initializer, i % 3 == 0 ? Initializer::ones : Initializer::zeros);
  }
}

}  // namespace
}  // namespace showergan::nn
