#include "physics/metric/profile_deviation.hpp"

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

ShowerSet layers(const std::vector<float>& energies) {
  std::vector<test::ToyCell> cells;
  for (std::size_t z = 0; z < energies.size(); ++z) {
    cells.push_back({0, 0, static_cast<std::int64_t>(z), energies[z]});
  }
  return test::measured(
      test::batch_of({1, 1, static_cast<std::int64_t>(energies.size())}, 10, cells));
}

TEST(ProfileDeviation, IsOverSlicesWithOnePercentOfTheEnergy) {
  const ShowerSet reference = layers({0.5f, 0.491f, 0.009f});
  const ShowerSet candidate = layers({0.55f, 0.491f, 9});
  const ProfileDeviation deviation =
      profile_deviation(test::compare_whole(reference, candidate), Profile::slice_z);
  EXPECT_NEAR(*deviation.mean.value(), 0.05, 1e-6);
  EXPECT_NEAR(*deviation.max.value(), 0.1, 1e-6);
}

TEST(ProfileDeviation, HasNoValueForEmptyShowers) {
  const ShowerSet empty = layers({0, 0});
  const ShowerSet full = layers({1, 1});
  const ProfileDeviation deviation =
      profile_deviation(test::compare_whole(empty, full), Profile::slice_z);
  EXPECT_FALSE(deviation.mean);
  EXPECT_FALSE(deviation.max);
  EXPECT_EQ(profile_deviation(test::compare_whole(full, empty), Profile::slice_z).max.value(), 1);
}

TEST(TailDeviation, IsThatOfTheMean) {
  const Grid grid = {15, 15, 1};
  const ShowerSet reference =
      test::measured(test::batch_of(grid, 10, {{7, 7, 0, 3}, {0, 7, 0, 1}}));
  const ShowerSet candidate =
      test::measured(test::batch_of(grid, 10, {{7, 7, 0, 1}, {7, 14, 0, 1}}));
  const ShowerSet core = test::measured(test::batch_of(grid, 10, {{7, 7, 0, 1}}));
  EXPECT_NEAR(*tail_deviation(test::compare_whole(reference, candidate)).value(), 1, 1e-6);
  EXPECT_EQ(tail_deviation(test::compare_whole(core, candidate)).reason(),
            "the reference has no energy beyond 6 cells");
}

}  // namespace
}  // namespace showergan::physics
