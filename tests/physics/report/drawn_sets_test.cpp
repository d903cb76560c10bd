#include "physics/report/drawn_sets.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

class DrawnSetsTest : public testing::Test {
 protected:
  ShowerSet reference_ = test::measured(test::toy_showers(1, test::toy_energies(1, 400)));
  ShowerSet candidate_ = test::measured(test::toy_showers(2, test::toy_energies(2, 400)));
  ShowerSet few_ = test::measured(test::toy_showers(3, test::toy_energies(3, 10)));
};

TEST_F(DrawnSetsTest, EnergyPanelsHaveACurveForEachSet) {
  const DrawnSets sets({Sample(reference_), Sample(candidate_), Sample(few_)}, {"mc", {"a", "b"}});
  const Panel panel = sets.energy_panel(Observable::sampling_fraction, "t", "y", 100);
  EXPECT_EQ(panel.reference.x.size(), 10u);
  ASSERT_EQ(panel.candidates.size(), 2u);
  EXPECT_EQ(panel.candidates[0].x, panel.reference.x);
  EXPECT_LT(panel.candidates[1].x.size(), 10u);
  const Figure figure = sets.figure("name", "title", 3);
  EXPECT_EQ(figure.candidate_labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(figure.columns, 3u);
}

TEST_F(DrawnSetsTest, FixedEnergyPanelsTakeTheLineAway) {
  const DrawnSets sets({Sample(reference_), Sample(candidate_)}, {"mc", {"a"}});
  const Panel panel = sets.fixed_energy_panel(Observable::e_sum, "t", "x");
  EXPECT_TRUE(panel.steps);
  double mean = 0;
  for (std::size_t i = 0; i < panel.reference.x.size(); ++i) {
    mean += panel.reference.x[i] * panel.reference.y[i] / 100;
  }
  const double width = panel.reference.x.back() - panel.reference.x.front();
  EXPECT_NEAR(mean / width, 0, 0.02);
}

TEST_F(DrawnSetsTest, FixedEnergyPanelsAreEmptyWithoutCommonBins) {
  const DrawnSets sets({Sample(reference_), Sample(few_)}, {"mc", {"few"}});
  const Panel panel = sets.fixed_energy_panel(Observable::response, "t", "x");
  EXPECT_TRUE(panel.reference.x.empty());
  EXPECT_TRUE(panel.candidates.empty());
}

}  // namespace
}  // namespace showergan::physics
