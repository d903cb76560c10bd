#include "physics/identification/energy_split.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

TEST(EnergySplit, TakesFourOneAndFiveOfEveryTenNeighbours) {
  const EnergySplit split = split_neighbours(1000, 1);
  EXPECT_EQ(split.training.size(), 400u);
  EXPECT_EQ(split.validation.size(), 100u);
  EXPECT_EQ(split.test.size(), 500u);
  for (std::int64_t block = 0; block < 100; ++block) {
    EXPECT_EQ(std::ranges::count_if(split.training, [&](auto i) { return i / 10 == block; }), 4);
  }
}

TEST(EnergySplit, PutsEveryShowerIntoOnePart) {
  const EnergySplit split = split_neighbours(1003, 7);
  std::vector<std::int64_t> all = split.training;
  all.insert(all.end(), split.validation.begin(), split.validation.end());
  all.insert(all.end(), split.test.begin(), split.test.end());
  EXPECT_TRUE(std::ranges::is_sorted(split.test));
  std::ranges::sort(all);
  ASSERT_EQ(all.size(), 1003u);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], static_cast<std::int64_t>(i));
}

TEST(EnergySplit, DependsOnTheSeed) {
  EXPECT_EQ(split_neighbours(100, 1).test, split_neighbours(100, 1).test);
  EXPECT_NE(split_neighbours(100, 1).test, split_neighbours(100, 2).test);
}

TEST(EnergySplit, PicksPlacesOfASample) {
  const ShowerSet set = test::measured(test::toy_showers(1, {30, 10, 20}));
  const std::vector<std::int64_t> places = {0, 2};
  EXPECT_EQ(pick(Sample(set), places).energy(), (std::vector<double>{10, 30}));
}

}  // namespace
}  // namespace showergan::physics
