#include "nn/graph/permute.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Permute, ReordersAxes) {
  EXPECT_EQ(shape_of(Permute{{1, 3, 0, 2}}, {{3, 2, 5, 4}}), (Shape{2, 4, 3, 5}));
}

TEST(Permute, NeedsEachAxisOnce) {
  EXPECT_EQ(error_of(Permute{{0, 0}}, {{3, 2}}),
            "permute (0, 0) does not name each axis of 3×2 once");
  EXPECT_EQ(error_of(Permute{{0}}, {{3, 2}}), "permute (0) does not name each axis of 3×2 once");
  EXPECT_EQ(error_of(Permute{{1, 2}}, {{3, 2}}),
            "permute (1, 2) does not name each axis of 3×2 once");
  EXPECT_EQ(error_of(Permute{{0}}, {}), "permute takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
