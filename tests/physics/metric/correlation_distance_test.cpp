#include "physics/metric/correlation_distance.hpp"

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

/// Two cells in two layers: the response varies with i, the depth with it (sign 1) or against it.
ShowerSet tilted_set(double sign) {
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  for (int i = 0; i < 100; ++i) {
    const double total = 1 + 0.001 * i;
    const double back = total * (0.5 + sign * 0.001 * i);
    test::add_shower(
        batch, 50,
        {{0, 0, 0, static_cast<float>(total - back)}, {0, 0, 1, static_cast<float>(back)}});
  }
  return test::measured(batch);
}

TEST(CorrelationDistance, OfASetWithItselfIsZero) {
  const ShowerSet set = tilted_set(1);
  EXPECT_EQ(correlation_distance(test::compare_whole(set, set)).value(), 0);
}

TEST(CorrelationDistance, SeesACorrelationThatIsReversed) {
  // m1_z, m2_z, response and log10 of the hottest cell vary: 6 pairs.
  const ShowerSet a = tilted_set(1);
  const ShowerSet b = tilted_set(-1);
  const double distance = *correlation_distance(test::compare_whole(a, b)).value();
  EXPECT_GT(distance, 0.5);
  EXPECT_LE(distance, 2);
}

TEST(CorrelationDistance, DoesNotRewardACollapsedCandidate) {
  const ShowerSet a = tilted_set(1);
  const ShowerSet collapsed = test::two_cell_set(100, 50, [](int) { return 1.0; });
  EXPECT_GT(*correlation_distance(test::compare_whole(a, collapsed)).value(), 0.5);
  EXPECT_EQ(correlation_distance(test::compare_whole(collapsed, a)).reason(),
            "fewer than two observables vary in the reference");
}

}  // namespace
}  // namespace showergan::physics
