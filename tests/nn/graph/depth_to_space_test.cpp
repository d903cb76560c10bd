#include "nn/graph/depth_to_space.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(DepthToSpace, DealsChannelsToCells) {
  EXPECT_EQ(shape_of(DepthToSpace{{2, 2, 3}}, {{72, 13, 14, 9}}), (Shape{6, 26, 28, 27}));
}

TEST(DepthToSpace, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(DepthToSpace{{2, 2, 2}}, {{12, 3, 3, 3}}),
            "depth_to_space cannot deal 12 channels of 3×3×3 to blocks of 2×2×2");
  EXPECT_EQ(error_of(DepthToSpace{{2, 0, 2}}, {{12, 3, 3, 3}}),
            "depth_to_space cannot deal 12 channels of 3×3×3 to blocks of 2×0×2");
  EXPECT_EQ(error_of(DepthToSpace{}, {{12}}),
            "depth_to_space needs an image (channels, x, y, z), not 12");
  EXPECT_EQ(error_of(DepthToSpace{}, {}), "depth_to_space takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
