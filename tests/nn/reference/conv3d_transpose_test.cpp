#include "nn/graph/conv3d_transpose.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "nn/reference/run.hpp"

namespace showergan::nn::reference {
namespace {

using Values = std::vector<double>;

TEST(Conv3dTranspose, SpreadsEachCellOverItsKernel) {
  Conv3dTranspose conv{1, {1, 1, 3}, {1, 1, 2}};
  EXPECT_EQ(apply_with(conv, {1, 1, 1, 2}, {1, 10}, {1, 2, 3, 0.5}),
            (Values{1.5, 2.5, 13.5, 20.5, 30.5}));
  conv.padding.before = {0, 0, 1};
  conv.extra = {0, 0, 1};
  EXPECT_EQ(apply_with(conv, {1, 1, 1, 2}, {1, 10}, {1, 2, 3, 0}), (Values{2, 13, 20, 30, 0}));
}

TEST(Conv3dTranspose, KernelIsInputChannelsByFilters) {
  Conv3dTranspose conv{2, {1, 1, 1}};
  conv.bias = false;
  // Kernel (channel, filter) = {{1, 2}, {3, 4}}.
  EXPECT_EQ(apply_with(conv, {2, 1, 1, 1}, {1, 10}, {1, 2, 3, 4}), (Values{31, 42}));
}

Values numbers(std::int64_t count, double phase) {
  Values values;
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(std::sin(phase + 7.7 * static_cast<double>(i)));
  }
  return values;
}

TEST(Conv3dTranspose, IsTheAdjointOfConv3d) {
  const Shape small{4, 3, 2, 3};
  for (const Triple& stride : {Triple{1, 1, 1}, Triple{2, 2, 2}, Triple{1, 3, 2}}) {
    for (const std::int64_t extra : {0, 1}) {
      Conv3dTranspose transpose{2, {3, 2, 4}, stride, {{1, 0, 2}, {0, 1, 1}}};
      transpose.bias = false;
      for (std::size_t i = 0; i < 3; ++i) transpose.extra[i] = stride[i] > 1 ? extra : 0;
      Conv3d conv{4, {3, 2, 4}, stride, transpose.padding};
      conv.bias = false;
      const Shape large = infer_shape(transpose, std::vector<Shape>{small});
      ASSERT_EQ(infer_shape(conv, std::vector<Shape>{large}), small);
      const Values kernel = numbers(4 * 2 * 3 * 2 * 4, 1);
      const Values x = numbers(element_count(large), 2);
      const Values y = numbers(element_count(small), 3);
      const Values forward = apply_with(conv, large, x, kernel);
      const Values back = apply_with(transpose, small, y, kernel);
      EXPECT_NEAR(std::inner_product(forward.begin(), forward.end(), y.begin(), 0.0),
                  std::inner_product(back.begin(), back.end(), x.begin(), 0.0), 1e-12);
    }
  }
}

}  // namespace
}  // namespace showergan::nn::reference
