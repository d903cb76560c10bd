#include "physics/metric/resolution.hpp"

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

TEST(Resolution, IsRelativeToEachSetsOwnResponse) {
  const auto uniform = [](int i) { return 1 + 0.01 * i; };
  const ShowerSet reference = test::two_cell_set(101, 50, uniform);
  const ShowerSet scaled = test::two_cell_set(101, 50, [&](int i) { return 2 * uniform(i); });
  EXPECT_NEAR(*resolution_deviation(test::compare_whole(reference, scaled)).value(), 0, 1e-6);
  // The same mean, 1.5, and half the width.
  const ShowerSet narrow = test::two_cell_set(101, 50, [](int i) { return 1.25 + 0.005 * i; });
  EXPECT_NEAR(*resolution_deviation(test::compare_whole(reference, narrow)).value(), 0.5, 1e-6);
}

TEST(Resolution, HalfTheCentral68PercentOfAUniformDistribution) {
  std::vector<double> values;
  for (int i = 0; i <= 100; ++i) values.push_back(100 - i);
  EXPECT_DOUBLE_EQ(half_central_68(values), 34);
}

TEST(Resolution, HasNoValueForEmptyShowersOrConstants) {
  const ShowerSet reference = test::two_cell_set(40, 50, [](int i) { return 1.0 + i; });
  const ShowerSet empty = test::two_cell_set(40, 50, [](int) { return 0.0; });
  const ShowerSet constant = test::two_cell_set(40, 50, [](int) { return 1.0; });
  EXPECT_EQ(resolution_deviation(test::compare_whole(reference, empty)).reason(),
            "the candidate holds empty showers only in a bin");
  EXPECT_FALSE(resolution_deviation(test::compare_whole(empty, reference)));
  EXPECT_FALSE(resolution_deviation(test::compare_whole(constant, reference)));
}

}  // namespace
}  // namespace showergan::physics
