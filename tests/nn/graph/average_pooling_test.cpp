#include "nn/graph/average_pooling.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(AveragePooling, DropsWhatDoesNotFillABlock) {
  EXPECT_EQ(shape_of(AveragePooling{{2, 2, 2}}, {{8, 23, 23, 22}}), (Shape{8, 11, 11, 11}));
  EXPECT_EQ(shape_of(AveragePooling{{1, 3, 2}}, {{2, 5, 4, 7}}), (Shape{2, 5, 1, 3}));
}

TEST(AveragePooling, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(AveragePooling{}, {{8}}),
            "average_pooling needs an image (channels, x, y, z), not 8");
  EXPECT_EQ(error_of(AveragePooling{{2, 0, 2}}, {{8, 4, 4, 4}}),
            "average_pooling needs positive blocks");
  EXPECT_EQ(error_of(AveragePooling{{2, 2, 5}}, {{8, 4, 4, 4}}),
            "average_pooling leaves nothing of 8 channels of 4×4×4: it would be 8 channels of "
            "2×2×0");
  EXPECT_EQ(error_of(AveragePooling{}, {}), "average_pooling takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
