#include "nn/graph/input.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Input, HasTheShapeThatTheCallerSays) {
  EXPECT_EQ(shape_of(Input{{25, 25, 25}}, {}), (Shape{25, 25, 25}));
}

TEST(Input, MustNotBeEmpty) {
  EXPECT_EQ(error_of(Input{{3, 0}}, {}), "input leaves nothing of 3×0: it would be 3×0");
  EXPECT_EQ(error_of(Input{{3}}, {{1}}), "input takes 0 inputs, not 1");
}

}  // namespace
}  // namespace showergan::nn
