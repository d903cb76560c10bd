#include "physics/classifier/split.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(SplitTest, HasEveryShowerOnceInThreePartsOfTheRightSize) {
  const Split split = split_pairs(50, 7);
  EXPECT_EQ(split.training.size(), 60u);
  EXPECT_EQ(split.validation.size(), 20u);
  EXPECT_EQ(split.test.size(), 20u);
  std::vector<std::int64_t> all = split.training;
  all.insert(all.end(), split.validation.begin(), split.validation.end());
  all.insert(all.end(), split.test.begin(), split.test.end());
  std::ranges::sort(all);
  for (std::int64_t i = 0; i < 100; ++i) EXPECT_EQ(all[static_cast<std::size_t>(i)], i);
}

TEST(SplitTest, KeepsPairsTogether) {
  const Split split = split_pairs(103, 7);
  for (const auto* part : {&split.training, &split.validation, &split.test}) {
    for (const std::int64_t number : *part) {
      EXPECT_EQ(std::ranges::count(*part, (number + 103) % 206), 1);
    }
  }
}

TEST(SplitTest, DependsOnTheSeed) {
  EXPECT_EQ(split_pairs(50, 7).test, split_pairs(50, 7).test);
  EXPECT_NE(split_pairs(50, 7).test, split_pairs(50, 8).test);
}

}  // namespace
}  // namespace showergan::physics
