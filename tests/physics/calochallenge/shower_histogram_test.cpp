#include "physics/calochallenge/shower_histogram.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

class ShowerHistogramTest : public testing::Test {
 protected:
  const ShowerBatch batch_ = test::synthetic_voxels(1, 40, 1, 0);
  const VoxelSet set_ = test::measured_voxels(batch_, batch_);
  const std::vector<std::int64_t> rows_ = {0, 3, 7, 12};  // 7 is empty
};

double all(const std::vector<double>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

TEST_F(ShowerHistogramTest, CountsTheShowersInsideItsRange) {
  const auto observables = protocol_observables(set_);
  const Binned total = binned_observable(set_, observables[1]);
  ASSERT_EQ(total.observable->name, "e_total");
  EXPECT_EQ(all(ShowerHistogram(set_, total, rows_).sum()), 3) << "an empty one is below it";
  const Binned ratio = binned_observable(set_, observables[0]);
  EXPECT_EQ(all(ShowerHistogram(set_, ratio, rows_).sum()), 4);
}

TEST_F(ShowerHistogramTest, CountsAShowerAsOftenAsWanted) {
  for (const Binned& binned :
       {binned_voxels(set_), binned_observable(set_, protocol_observables(set_)[0])}) {
    const ShowerHistogram histogram(set_, binned, rows_);
    EXPECT_EQ(histogram.weighted(std::vector<std::uint16_t>{1, 1, 1, 1}), histogram.sum());
    const std::vector<std::int64_t> twice = {3, 3, 0};
    EXPECT_EQ(histogram.weighted(std::vector<std::uint16_t>{1, 2, 0, 0}),
              ShowerHistogram(set_, binned, twice).sum());
  }
}

TEST_F(ShowerHistogramTest, HasNoCountsWithoutBins) {
  const Binned none = {protocol_observables(set_)[0], {}};
  EXPECT_TRUE(ShowerHistogram(set_, none, rows_).sum().empty());
}

}  // namespace
}  // namespace showergan::physics
