#include "physics/metric/metric_result.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(MetricResult, ExcessIsWhatIsAboveTheFloorInQuadrature) {
  EXPECT_DOUBLE_EQ(excess_of(5, 3).value(), 4);
  EXPECT_DOUBLE_EQ(excess_of(3, 5).value(), 0);
  EXPECT_FALSE(excess_of(3, std::nullopt));
  EXPECT_FALSE(excess_of(std::nullopt, 3));
}

}  // namespace
}  // namespace showergan::physics
