#include "base/permutation.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace showergan {
namespace {

const CounterRandom random_numbers(3, RandomPurpose::shuffle);

TEST(PermutationTest, HasEveryNumberOnce) {
  for (const std::int64_t n : {0, 1, 2, 3, 5, 64, 1001}) {
    std::vector<std::int64_t> order = permutation(random_numbers, 7, n);
    ASSERT_EQ(order.size(), static_cast<std::size_t>(n));
    std::sort(order.begin(), order.end());
    for (std::int64_t i = 0; i < n; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
  }
}

TEST(PermutationTest, DependsOnTheIndexOnly) {
  EXPECT_EQ(permutation(random_numbers, 7, 100), permutation(random_numbers, 7, 100));
  EXPECT_NE(permutation(random_numbers, 7, 100), permutation(random_numbers, 8, 100));
}

TEST(PermutationTest, AllOrdersAreEquallyProbable) {
  std::map<std::vector<std::int64_t>, int> seen;
  for (std::uint64_t index = 0; index < 24000; ++index)
    ++seen[permutation(random_numbers, index, 4)];
  ASSERT_EQ(seen.size(), 24U);
  for (const auto& [order, count] : seen) EXPECT_NEAR(count, 1000, 150);  // 5 standard deviations
}

}  // namespace
}  // namespace showergan
