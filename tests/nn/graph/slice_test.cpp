#include "nn/graph/slice.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Slice, CountsWhatItTakes) {
  EXPECT_EQ(shape_of(Slice{0, 1, 4, 1}, {{5, 2}}), (Shape{3, 2}));
  EXPECT_EQ(shape_of(Slice{1, 0, 7, 3}, {{5, 8}}), (Shape{5, 3}));
}

TEST(Slice, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(Slice{0, 0, 6, 1}, {{5, 2}}), "slice 0:6:1 of axis 0 does not fit 5×2");
  EXPECT_EQ(error_of(Slice{2, 0, 1, 1}, {{5, 2}}), "slice 0:1:1 of axis 2 does not fit 5×2");
  EXPECT_EQ(error_of(Slice{-1, 0, 1, 1}, {{5, 2}}), "slice 0:1:1 of axis -1 does not fit 5×2");
  EXPECT_EQ(error_of(Slice{0, 2, 2, 1}, {{5, 2}}), "slice 2:2:1 of axis 0 does not fit 5×2");
  EXPECT_EQ(error_of(Slice{0, -1, 2, 1}, {{5, 2}}), "slice -1:2:1 of axis 0 does not fit 5×2");
  EXPECT_EQ(error_of(Slice{0, 0, 2, 0}, {{5, 2}}), "slice 0:2:0 of axis 0 does not fit 5×2");
  EXPECT_EQ(error_of(Slice{}, {}), "slice takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
