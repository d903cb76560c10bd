#include "gan/shower_targets.hpp"

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

using test::input_error;

ShowerBatch two_showers() {
  ShowerBatch showers;
  showers.grid = {1, 2, 2};
  showers.cells = {1, 2, 3, 4, 0, 0.5f, 0, 0};
  showers.energy = {100, 200};
  showers.theta = {1.5f, 1.75f};
  return showers;
}

TEST(ShowerTargets, ConditionsStandInTheOrderOfTheModel) {
  const ShowerBatch showers = two_showers();
  EXPECT_EQ(conditions_of(showers, {{"energy", 10, 500}}), (std::vector<float>{100, 200}));
  EXPECT_EQ(conditions_of(showers, {{"theta", 1, 2}, {"energy", 10, 500}}),
            (std::vector<float>{1.5f, 100, 1.75f, 200}));
}

TEST(ShowerTargets, ShowersWithoutAConditionOfTheModelAreRefused) {
  EXPECT_EQ(input_error([] {
              conditions_of(two_showers(), {{"phi", 0, 1}});
            }),
            "the showers have no 'phi' (the model is told it); give files that hold it");
}

TEST(ShowerTargets, CellSumsAreOneNumberPerShower) {
  EXPECT_EQ(cell_sums(two_showers()), (std::vector<float>{10, 0.5f}));
}

TEST(ShowerTargets, ManySmallCellsAreNotLostInASum) {
  ShowerBatch showers;
  showers.grid = {100, 100, 101};
  showers.cells.assign(1'010'000, 0.1f);
  showers.cells[0] = 1e6f;
  showers.energy = {1};
  EXPECT_NEAR(cell_sums(showers)[0], 1e6 + 100'999.9, 0.1);
}

TEST(ShowerTargets, TheEnergyIsFoundAmongTheConditions) {
  EXPECT_EQ(energy_place({{"theta", 1, 2}, {"energy", 10, 500}}), 1u);
  EXPECT_EQ(input_error([] {
              energy_place({{"theta", 1, 2}});
            }),
            "the model has no condition 'energy' (the sum of the cells is expected by energy)");
}

}  // namespace
}  // namespace showergan::gan
