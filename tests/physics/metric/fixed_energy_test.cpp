#include "physics/metric/fixed_energy.hpp"

#include <array>

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

constexpr std::array kHits300 = {Observable::hits_300keV};

/// 400 showers between 10 and 50 GeV, 40 in each bin; e_sum is `offset` + Ep / 100.
ShowerSet line_set(double offset) {
  ShowerBatch batch;
  batch.grid = {1, 1, 1};
  for (int i = 0; i < 400; ++i) {
    const float energy = 10 + 0.1f * static_cast<float>(i);
    test::add_shower(batch, energy, {{0, 0, 0, static_cast<float>(offset + energy / 100)}});
  }
  return test::measured(batch);
}

TEST(Residuals, AreWhatTheReferencesLineLeaves) {
  const ShowerSet reference = line_set(0);
  const ShowerSet candidate = line_set(0.5);
  const Residuals residuals =
      residuals_at_fixed_energy(test::compare_whole(reference, candidate), Observable::e_sum);
  ASSERT_EQ(residuals.reference.size(), 400u);
  ASSERT_EQ(residuals.candidate.size(), 400u);
  for (const double value : residuals.reference) EXPECT_NEAR(value, 0, 1e-7);
  for (const double value : residuals.candidate) EXPECT_NEAR(value, 0.5, 1e-6);
}

TEST(MeanShift, IsInUnitsOfTheReferencesWidth) {
  const ShowerSet reference = test::two_cell_set(40, 50, [](int i) { return i % 2 ? 1.0 : 3.0; });
  const ShowerSet candidate = test::two_cell_set(40, 50, [](int i) { return i % 2 ? 2.0 : 8.0; });
  constexpr std::array sum = {Observable::e_sum};
  const Comparison comparison = test::compare_whole(reference, candidate);
  EXPECT_NEAR(*mean_shift(comparison, sum).value(), 3, 1e-6);            // |2 − 5| / 1
  EXPECT_NEAR(*mean_width_deviation(comparison, sum).value(), 2, 1e-6);  // |3 − 1| / 1
}

TEST(MeanShift, HasNoValueWithoutWidthOrBins) {
  const ShowerSet set = test::two_cell_set(40, 50, [](int) { return 1.0; });
  EXPECT_EQ(mean_shift(test::compare_whole(set, set), kHits300).reason(),
            "the reference does not vary");
  const ShowerSet few = test::two_cell_set(19, 50, [](int i) { return i + 1.0; });
  EXPECT_EQ(mean_width_deviation(test::compare_whole(few, few), kHits300).reason(), kNoBins);
}

}  // namespace
}  // namespace showergan::physics
