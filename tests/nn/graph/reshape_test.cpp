#include "nn/graph/reshape.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Reshape, KeepsTheNumberOfElements) {
  EXPECT_EQ(shape_of(Reshape{{8, 7, 7, 8}}, {{3136}}), (Shape{8, 7, 7, 8}));
  EXPECT_EQ(shape_of(Reshape{{-1}}, {{8, 7, 7, 8}}), Shape{3136});
  EXPECT_EQ(shape_of(Reshape{{2, -1, 3}}, {{30}}), (Shape{2, 5, 3}));
}

TEST(Reshape, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(Reshape{{2, 3}}, {{7}}), "reshape cannot make 2×3 of 7: 7 numbers, not 6");
  EXPECT_EQ(error_of(Reshape{{2, -1}}, {{7}}), "reshape cannot make 2×-1 of 7: 7 numbers, not 6");
  EXPECT_TRUE(error_of(Reshape{{-1, -1}}, {{4}}).starts_with("reshape cannot make -1×-1 of 4"));
  EXPECT_TRUE(error_of(Reshape{{-2, -2}}, {{4}}).starts_with("reshape cannot make -2×-2 of 4"));
  EXPECT_TRUE(error_of(Reshape{{0, -1}}, {{4}}).starts_with("reshape cannot make 0×-1 of 4"));
  EXPECT_EQ(error_of(Reshape{{1}}, {}), "reshape takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
