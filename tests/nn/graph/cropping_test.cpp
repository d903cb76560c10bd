#include "nn/graph/cropping.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Cropping, CutsBothSides) {
  EXPECT_EQ(shape_of(Cropping{{{1, 0, 2}, {0, 3, 1}}}, {{3, 5, 6, 7}}), (Shape{3, 4, 3, 4}));
}

TEST(Cropping, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(Cropping{{{-1, 0, 0}, {0, 0, 0}}}, {{3, 5, 6, 7}}),
            "cropping cannot be negative; use zero_padding");
  EXPECT_EQ(error_of(Cropping{{{0, 0, 0}, {0, -1, 0}}}, {{3, 5, 6, 7}}),
            "cropping cannot be negative; use zero_padding");
  EXPECT_EQ(error_of(Cropping{{{3, 0, 0}, {2, 0, 0}}}, {{3, 5, 6, 7}}),
            "cropping leaves nothing of 3 channels of 5×6×7: it would be 3 channels of 0×6×7");
  EXPECT_EQ(error_of(Cropping{}, {{7}}), "cropping needs an image (channels, x, y, z), not 7");
  EXPECT_EQ(error_of(Cropping{}, {}), "cropping takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
