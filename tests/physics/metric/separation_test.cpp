#include "physics/metric/separation.hpp"

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

double of(const ShowerSet& reference, const ShowerSet& candidate) {
  return *separation(test::compare_whole(reference, candidate), Observable::response).value();
}

TEST(Separation, OfEqualSetsIsZero) {
  const ShowerSet set = test::two_cell_set(100, 50, [](int i) { return 1 + 0.01 * i; });
  EXPECT_EQ(of(set, set), 0);
}

TEST(Separation, OfSetsThatDoNotOverlapIsOneWithTheOutsideInTheEndBins) {
  // The reference ends before the last bin, because its range is widened.
  const ShowerSet reference = test::two_cell_set(100, 50, [](int i) { return 1 + 0.01 * i; });
  const ShowerSet above = test::two_cell_set(100, 50, [](int i) { return 10.0 + i; });
  EXPECT_NEAR(of(reference, above), 1, 1e-12);
}

TEST(Separation, OfHalvesIsWhatTheFormulaSays) {
  // p = (½, ½) in two bins, q = (1, 0): ½ [(½)²/(3/2) + (½)²/(½)] = 1/3.
  const ShowerSet reference = test::two_cell_set(100, 50, [](int i) { return i % 2 ? 1.0 : 2.0; });
  const ShowerSet candidate = test::two_cell_set(60, 50, [](int) { return 1.0; });
  EXPECT_NEAR(of(reference, candidate), 1.0 / 3, 1e-12);
}

TEST(SeparationPower, IsHalfTheWeightedSquareOfTheDifference) {
  const std::vector<double> p = {0.5, 0.5, 0, 0};
  const std::vector<double> q = {0.5, 0, 0.5, 0};
  EXPECT_DOUBLE_EQ(separation_power(p, q), 0.5);
  EXPECT_EQ(separation_power(p, p), 0);
}

TEST(Separation, OfAConstantReferenceSeesWhatDiffers) {
  const ShowerSet constant = test::two_cell_set(100, 50, [](int) { return 1.0; });
  const ShowerSet other = test::two_cell_set(100, 50, [](int) { return 1.5; });
  EXPECT_EQ(of(constant, constant), 0);
  EXPECT_EQ(of(constant, other), 1);
}

TEST(Separation, HasNoValueWithoutBins) {
  const ShowerSet few = test::two_cell_set(10, 50, [](int i) { return 1.0 + i; });
  EXPECT_EQ(separation(test::compare_whole(few, few), Observable::response).reason(), kNoBins);
  EXPECT_EQ(mean_separation(test::compare_whole(few, few)).reason(), kNoBins);
}

}  // namespace
}  // namespace showergan::physics
