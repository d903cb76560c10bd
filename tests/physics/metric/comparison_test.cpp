#include "physics/metric/comparison.hpp"

#include <array>

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

ShowerSet set_with(int low, int high) {  // showers at 10 and at 20 GeV
  ShowerBatch batch;
  batch.grid = {1, 1, 1};
  for (int i = 0; i < low; ++i) test::add_shower(batch, 10, {});
  for (int i = 0; i < high; ++i) test::add_shower(batch, 20, {});
  return test::measured(batch);
}

TEST(Comparison, LeavesOutBinsWithFewerThanTwentyShowersOfEitherSet) {
  const ShowerSet many = set_with(20, 20);
  const ShowerSet few = set_with(20, 19);
  EXPECT_EQ(test::compare_whole(many, many).bins().size(), 2u);
  EXPECT_EQ(test::compare_whole(many, few).bins().size(), 1u);
  EXPECT_EQ(test::compare_whole(few, many).bins().size(), 1u);
}

TEST(Comparison, UsesOnlyTheBinsItMay) {
  const ShowerSet set = set_with(30, 30);
  const EnergyBins bins(set.energy());
  const std::array<std::size_t, 1> last = {9};
  const Sample sample(set);
  const Comparison comparison(sample, sample, bins, last);
  ASSERT_EQ(comparison.bins().size(), 1u);
  EXPECT_EQ(comparison.bins()[0].reference.energy().front(), 20);
}

TEST(PopulatedBins, AreThoseThatAllSamplesFill) {
  const ShowerSet many = set_with(20, 20);
  const ShowerSet few = set_with(19, 20);
  const EnergyBins bins(many.energy());
  EXPECT_EQ(populated_bins(bins, std::array{Sample(many)}), (std::vector<std::size_t>{0, 9}));
  EXPECT_EQ(populated_bins(bins, std::array{Sample(many), Sample(few)}),
            (std::vector<std::size_t>{9}));
}

}  // namespace
}  // namespace showergan::physics
