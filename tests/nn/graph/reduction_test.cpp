#include "nn/graph/reduction.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Reduction, RemovesOrKeepsItsAxes) {
  const std::vector<Shape> inputs{{3, 2, 5, 4}};
  EXPECT_EQ(shape_of(Reduction{Reducer::sum, {3, 1}, false}, inputs), (Shape{3, 5}));
  EXPECT_EQ(shape_of(Reduction{Reducer::sum, {3, 1}, true}, inputs), (Shape{3, 1, 5, 1}));
  EXPECT_EQ(shape_of(Reduction{Reducer::mean, {0, 1, 2, 3}, false}, inputs), Shape{1});
  EXPECT_EQ(shape_of(Reduction{Reducer::mean, {}, false}, inputs), inputs[0]);
}

TEST(Reduction, NamesTheAxisThatDoesNotFit) {
  EXPECT_EQ(error_of(Reduction{Reducer::sum, {2}, false}, {{3, 2}}), "cannot reduce axis 2 of 3×2");
  EXPECT_EQ(error_of(Reduction{Reducer::sum, {-1}, false}, {{3, 2}}),
            "cannot reduce axis -1 of 3×2");
  EXPECT_EQ(error_of(Reduction{Reducer::sum, {1, 1}, false}, {{3, 2}}),
            "cannot reduce axis 1 of 3×2");
  EXPECT_EQ(error_of(Reduction{}, {}), "reduction takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
