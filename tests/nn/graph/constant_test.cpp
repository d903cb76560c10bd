#include "nn/graph/constant.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Constant, HasItsShape) {
  EXPECT_EQ(shape_of(Constant{{2, 1}, {1, 2}}, {}), (Shape{2, 1}));
}

TEST(Constant, NeedsAValueForEachElement) {
  EXPECT_EQ(error_of(Constant{{2, 3}, {1, 2}}, {}), "constant has 2 values for the shape 2×3");
  EXPECT_EQ(error_of(Constant{{0}, {}}, {}), "constant leaves nothing of 0: it would be 0");
  EXPECT_EQ(error_of(Constant{{1}, {1}}, {{1}}), "constant takes 0 inputs, not 1");
}

}  // namespace
}  // namespace showergan::nn
