#include "nn/graph/softmax.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Softmax, KeepsTheShape) {
  EXPECT_EQ(shape_of(Softmax{1}, {{3, 4}}), (Shape{3, 4}));
  EXPECT_EQ(error_of(Softmax{2}, {{3, 4}}), "softmax has no axis 2 in 3×4");
  EXPECT_EQ(error_of(Softmax{-1}, {{3, 4}}), "softmax has no axis -1 in 3×4");
  EXPECT_EQ(error_of(Softmax{}, {}), "softmax takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
