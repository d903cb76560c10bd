#include "nn/graph/zero_padding.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(ZeroPadding, AddsBothSides) {
  EXPECT_EQ(shape_of(ZeroPadding{{{1, 0, 2}, {0, 3, 1}}}, {{3, 5, 6, 7}}), (Shape{3, 6, 9, 10}));
}

TEST(ZeroPadding, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(ZeroPadding{{{-1, 0, 0}, {0, 0, 0}}}, {{3, 5, 6, 7}}),
            "zero_padding cannot be negative; use cropping");
  EXPECT_EQ(error_of(ZeroPadding{{{0, 0, 0}, {0, 0, -1}}}, {{3, 5, 6, 7}}),
            "zero_padding cannot be negative; use cropping");
  EXPECT_EQ(error_of(ZeroPadding{}, {{7}}),
            "zero_padding needs an image (channels, x, y, z), not 7");
  EXPECT_EQ(error_of(ZeroPadding{}, {}), "zero_padding takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
