#include "physics/metric/mean_deviation.hpp"

#include <array>

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

TEST(MeanRelativeError, IsRelativeToTheReference) {
  const ShowerSet reference = test::two_cell_set(20, 50, [](int i) { return i % 2 ? 1.0 : 3.0; });
  const ShowerSet candidate = test::two_cell_set(30, 50, [](int) { return 1.5; });
  constexpr std::array fraction = {Observable::sampling_fraction};
  EXPECT_NEAR(*mean_relative_error(test::compare_whole(reference, candidate), fraction).value(),
              0.25, 1e-6);
  EXPECT_NEAR(*mean_relative_error(test::compare_whole(candidate, reference), fraction).value(),
              1.0 / 3, 1e-6);
}

TEST(MeanRelativeError, LeavesOutWhatIsZeroInTheReference) {
  const ShowerSet reference = test::two_cell_set(20, 50, [](int) { return 100e-6; });
  const ShowerSet candidate = test::two_cell_set(20, 50, [](int) { return 1.0; });
  // Hits above 70 keV: 1 against 2. The reference has none above 200 and 300 keV.
  EXPECT_NEAR(*mean_relative_error(test::compare_whole(reference, candidate), kHits).value(), 1,
              1e-12);
  constexpr std::array high = {Observable::hits_300keV};
  EXPECT_EQ(mean_relative_error(test::compare_whole(reference, candidate), high).reason(),
            "the mean of the reference is 0");
}

}  // namespace
}  // namespace showergan::physics
