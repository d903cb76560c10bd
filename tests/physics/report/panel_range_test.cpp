#include "physics/report/panel_range.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

Panel panel_with(Curve reference, std::vector<Curve> candidates) {
  Panel panel;
  panel.reference = std::move(reference);
  panel.candidates = std::move(candidates);
  return panel;
}

TEST(PanelRange, RatioLeavesOutWhereTheReferenceIsEmpty) {
  const Panel panel = panel_with({{0, 1, 2}, {4, 0, 2}, {1, 0, 1}}, {{{0, 1}, {2, 3}, {0.5, 1}}});
  const Comparisons ratio = compare_curves(panel);
  EXPECT_EQ(ratio.reference.x, (std::vector<double>{0, 2}));
  EXPECT_EQ(ratio.reference.error, (std::vector{0.25, 0.5}));
  ASSERT_EQ(ratio.candidates.size(), 1u);
  EXPECT_EQ(ratio.candidates[0].x, (std::vector<double>{0}));
  EXPECT_EQ(ratio.candidates[0].y, (std::vector{0.5}));
  EXPECT_EQ(ratio.candidates[0].error, (std::vector{0.125}));
}

TEST(PanelRange, DifferenceKeepsZerosAndNegatives) {
  Panel panel = panel_with({{0, 1}, {-1, 0}, {0.5, 0.5}}, {{{0, 1, 7}, {1, 0.5, 9}, {1, 1, 1}}});
  panel.below = Below::difference;
  const Comparisons difference = compare_curves(panel);
  EXPECT_EQ(difference.candidates[0].y, (std::vector{2, 0.5}));
  EXPECT_EQ(difference.reference.y, (std::vector<double>{0, 0}));
  EXPECT_GE(comparison_range(panel, difference), 0.5);
}

TEST(PanelRange, OfRatiosIsNotFlattenedByOutliers) {
  Curve reference;
  Curve candidate;
  for (int i = 0; i < 20; ++i) {
    reference.x.push_back(i);
    reference.y.push_back(1);
    reference.error.push_back(0);
  }
  candidate = reference;
  candidate.y[3] = 50;
  candidate.y[5] = 1.1;
  const Panel panel = panel_with(reference, {candidate});
  EXPECT_DOUBLE_EQ(comparison_range(panel, compare_curves(panel)), 0.02);
  const Panel none = panel_with(reference, {});
  EXPECT_DOUBLE_EQ(comparison_range(none, compare_curves(none)), 0.02);
}

TEST(PanelRange, OfTheAxisHoldsAllCurves) {
  Panel panel = panel_with({{1, 10}, {2, 4}, {0, 0}}, {{{1, 10}, {1, 8}, {0, 1}}});
  EXPECT_EQ(y_range(panel), "set yrange [0:9.9]\n");
  EXPECT_EQ(x_range(panel), "set xrange [0.73:10.27]\n");
  panel.log_x = true;
  EXPECT_EQ(x_range(panel), "set xrange [0.7692:13]\n");
  panel.log_y = true;
  EXPECT_EQ(y_range(panel).substr(0, 16), "set yrange [0.5:");
  panel.log_y = false;
  panel.candidates[0].y[0] = -2;
  EXPECT_EQ(y_range(panel), "set yrange [-2.88:9.88]\n");
}

TEST(PanelRange, LongNumbersHaveFewTicks) {
  Panel panel;
  panel.reference = {{0.024, 0.042}, {1, 2}, {0, 0}};
  EXPECT_EQ(x_range(panel), "set xrange [0.02346:0.04254]\nset xtics 0.004\n");
}

TEST(PanelRange, OfNothingIsStillARange) {
  Panel panel;
  EXPECT_EQ(y_range(panel), "set yrange [0:1]\n");
  EXPECT_EQ(x_range(panel), "set xrange [0:1]\n");
  panel.log_x = panel.log_y = true;
  EXPECT_EQ(y_range(panel), "set yrange [1:10]\n");
  EXPECT_EQ(x_range(panel), "set xrange [1:10]\n");
}

TEST(PanelRange, HoldsTheContext) {
  Panel panel = panel_with({{0, 1}, {5, 9}, {0, 0}}, {});
  const std::string without = y_range(panel);
  panel.context = {{0, 1}, {1, 20}, {0, 0}};
  EXPECT_NE(y_range(panel), without);
  EXPECT_EQ(y_range(panel), "set yrange [0:22]\n");
}

}  // namespace
}  // namespace showergan::physics
