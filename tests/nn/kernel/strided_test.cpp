#include "nn/kernel/strided.hpp"

#include <gtest/gtest.h>

#include "nn/kernel/layout.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {
namespace {

TEST(StridedLoop, VisitsEveryElementOnceInLongRows) {
  // (2, 3, 4) row by row in both operands: one row of 24.
  const StridedLoop<2> loop({2, 3, 4}, {{{12, 4, 1}, {12, 4, 1}}});
  int rows = 0;
  std::int64_t total = 0;
  loop.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
    ++rows;
    total += length;
    EXPECT_EQ(at[0], 0);
    EXPECT_EQ(step[0], 1);
  });
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(total, 24);
}

TEST(StridedLoop, TransposesAndRepeats) {
  std::vector<float> from{0, 1, 2, 3, 4, 5};  // (2, 3)
  std::vector<float> to(6, -1.0f);            // (3, 2)
  copy_tensor(from.data(), {3, 1}, to.data(), {1, 2}, {2, 3});
  EXPECT_EQ(to, (std::vector<float>{0, 3, 1, 4, 2, 5}));
  copy_tensor(from.data(), {0, 1}, to.data(), {3, 1}, {2, 3});
  EXPECT_EQ(to, (std::vector<float>{0, 1, 2, 0, 1, 2}));
}

TEST(StridedLoop, HandlesSingleElementsAndOnes) {
  const StridedLoop<1> loop({1, 1, 1}, {{{5, 7, 9}}});
  int rows = 0;
  loop.for_each_row([&](const auto& at, std::int64_t length, const auto&) {
    ++rows;
    EXPECT_EQ(at[0], 0);
    EXPECT_EQ(length, 1);
  });
  EXPECT_EQ(rows, 1);
}

TEST(Layout, ImagesHaveTheirChannelsInnermost) {
  const Layout layout = physical_layout({3, 4, 5, 6}, 2);
  EXPECT_EQ(layout.extents, (std::vector<std::int64_t>{2, 3, 4, 5, 6}));
  EXPECT_EQ(layout.strides, (std::vector<std::int64_t>{360, 1, 90, 18, 3}));
  EXPECT_EQ(physical_layout({7}, 2).strides, (std::vector<std::int64_t>{7, 1}));
  EXPECT_EQ(physical_layout({3, 4, 5, 6}, 2, true).strides[0], 0);
}

TEST(Layout, KnowsWhenAReshapeMovesNothing) {
  EXPECT_TRUE(same_physical_order({1, 4, 5, 6}, {4, 5, 6}));
  EXPECT_TRUE(same_physical_order({3, 4, 5, 6}, {3, 20, 2, 3}));
  EXPECT_TRUE(same_physical_order({8, 1, 1, 1}, {8}));
  EXPECT_FALSE(same_physical_order({3, 4, 5, 6}, {360}));
  EXPECT_FALSE(same_physical_order({3, 4, 5, 6}, {4, 3, 5, 6}));
}

}  // namespace
}  // namespace showergan::nn::kernel
