#include "nn/graph/shape.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Shape, CountsElements) {
  EXPECT_EQ(element_count({}), 1);
  EXPECT_EQ(element_count({3, 4, 5}), 60);
}

TEST(Shape, IsWrittenAsAPhysicistReadsIt) {
  EXPECT_EQ(to_string(Shape{8, 7, 7, 8}), "8 channels of 7×7×8");
  EXPECT_EQ(to_string(Shape{1, 25, 25, 25}), "1 channel of 25×25×25");
  EXPECT_EQ(to_string(Shape{3136}), "3136");
  EXPECT_EQ(to_string(Shape{3, 4}), "3×4");
  EXPECT_EQ(to_string(Shape{}), "1");
  EXPECT_EQ(to_string(Triple{1, 2, 3}), "1×2×3");
}

TEST(Padding, IsEmptyWithoutCells) {
  EXPECT_TRUE(Padding{}.empty());
  EXPECT_FALSE((Padding{{0, 0, 1}, {0, 0, 0}}.empty()));
  EXPECT_FALSE((Padding{{0, 0, 0}, {1, 0, 0}}.empty()));
}

}  // namespace
}  // namespace showergan::nn
