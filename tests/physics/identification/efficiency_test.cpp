#include "physics/identification/efficiency.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(EfficiencyTest, CountsWhatPasses) {
  const std::vector<double> scores = {-1, 0, 1, 2};
  const Efficiency efficiency = efficiency_of(scores, 1);
  EXPECT_EQ(efficiency.passed, 2);
  EXPECT_EQ(efficiency.all, 4);
  EXPECT_EQ(efficiency.value(), 0.5);
}

TEST(EfficiencyTest, HasTheBinomialErrorOfManyShowers) {
  EXPECT_NEAR((Efficiency{9000, 10000}.error()), std::sqrt(0.9 * 0.1 / 10000), 1e-6);
}

TEST(EfficiencyTest, HasAnErrorWhereAllOrNonePass) {
  // Of a beta distribution (1, n + 1).
  const double expected = std::sqrt(11.0 / (12 * 12 * 13));
  EXPECT_NEAR((Efficiency{0, 10}.error()), expected, 1e-12);
  EXPECT_NEAR((Efficiency{10, 10}.error()), expected, 1e-12);
}

TEST(EfficiencyTest, IsNothingOfNothing) {
  EXPECT_EQ(efficiency_of({}, 0).value(), 0);
}

TEST(EfficiencyTest, CutsKeepWhatTheyShould) {
  std::vector<double> scores;
  for (int i = 0; i < 1000; ++i) scores.push_back((i * 37) % 1000);
  for (const double wanted : {0.8, 0.9, 0.95}) {
    EXPECT_EQ(efficiency_of(scores, cut_for(scores, wanted)).value(), wanted);
  }
}

}  // namespace
}  // namespace showergan::physics
