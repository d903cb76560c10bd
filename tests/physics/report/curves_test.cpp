#include "physics/report/curves.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "physics/report/set_figures.hpp"
#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

ShowerSet two_showers() {
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  test::add_shower(batch, 10, {{0, 0, 0, 0.001f}, {0, 0, 1, 0.002f}});
  test::add_shower(batch, 10, {{0, 0, 0, 0.003f}});
  return test::measured(batch);
}

TEST(Curves, ProfileIsInMeVWithTheErrorOfTheMean) {
  const ShowerSet set = two_showers();
  const Curve curve = profile_curve(Sample(set), Profile::slice_z);
  ASSERT_EQ(curve.x.size(), 2u);
  EXPECT_NEAR(curve.y[0], 2, 1e-6);
  EXPECT_NEAR(curve.y[1], 1, 1e-6);
  EXPECT_NEAR(curve.error[0], 1 / std::sqrt(2), 1e-6);
}

TEST(Curves, EnergyLeavesOutBinsOfLessThanTwo) {
  const ShowerSet set = two_showers();
  const EnergyBins bins(std::vector<double>{10, 110});
  const Curve curve = energy_curve(Sample(set), Observable::sampling_fraction, bins, 100);
  ASSERT_EQ(curve.x.size(), 1u);
  EXPECT_DOUBLE_EQ(curve.x[0], 15);
  EXPECT_NEAR(curve.y[0], 0.03, 1e-8);
}

TEST(Curves, SpectrumIsPerShower) {
  const ShowerSet set = two_showers();
  const Curve curve = spectrum_curve(Sample(set), Spectrum::wide);
  ASSERT_EQ(curve.x.size(), 30u);
  double sum = 0;
  for (const double y : curve.y) sum += y;
  EXPECT_DOUBLE_EQ(sum, 1.5);
}

TEST(Figures, OfTheSummaryShowTheComparedBins) {
  const ShowerSet set = test::measured(test::toy_showers(1, test::toy_energies(1, 1000)));
  const SummaryComparison comparison = compare_with_summary(summarize(set, "toy"), set);
  const auto figures = figures_of(comparison, set, {"Monte Carlo", "candidate"});
  ASSERT_EQ(figures.size(), 4u);
  EXPECT_EQ(figures[0].name, "longitudinal");
  for (std::size_t z = 0; z < 10; ++z) {
    EXPECT_NEAR(figures[0].panels[0].reference.y[z], figures[0].panels[0].candidate.y[z], 1e-6);
  }
  EXPECT_EQ(figures[2].panels[0].candidate.x.size(), 10u);
}

TEST(Figures, CorrelationsHaveAUnitDiagonal) {
  const ShowerSet set = test::measured(test::toy_showers(1, test::toy_energies(1, 100)));
  const MatrixFigure figure = correlation_figure(Sample(set), Sample(set), {"a", "b"});
  ASSERT_EQ(figure.labels.size(), 12u);
  ASSERT_EQ(figure.matrices.size(), 3u);
  EXPECT_NEAR(figure.matrices[0].values[13], 1, 1e-12);
  EXPECT_EQ(figure.matrices[2].values[5], 0);
}

}  // namespace
}  // namespace showergan::physics
