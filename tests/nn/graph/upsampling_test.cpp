#include "nn/graph/upsampling.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Upsampling, MultipliesTheExtents) {
  EXPECT_EQ(shape_of(Upsampling{{2, 2, 3}}, {{6, 13, 14, 9}}), (Shape{6, 26, 28, 27}));
}

TEST(Upsampling, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(Upsampling{{2, 0, 2}}, {{6, 3, 3, 3}}),
            "upsampling leaves nothing of 6 channels of 3×3×3: it would be 6 channels of 6×0×6");
  EXPECT_EQ(error_of(Upsampling{}, {{6}}), "upsampling needs an image (channels, x, y, z), not 6");
  EXPECT_EQ(error_of(Upsampling{}, {}), "upsampling takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
