#include "montecarlo/random_stream.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

TEST(RandomStream, DependsOnSeedAndShowerOnly) {
  RandomStream a(3, 17);
  RandomStream b(3, 17);
  RandomStream other_shower(3, 18);
  RandomStream other_seed(4, 17);
  int equal = 0;
  for (int i = 0; i < 2000; ++i) {
    const double x = a.uniform();
    ASSERT_GT(x, 0);
    ASSERT_LT(x, 1);
    ASSERT_EQ(x, b.uniform());
    equal += (x == other_shower.uniform()) + (x == other_seed.uniform());
  }
  EXPECT_EQ(equal, 0);
}

TEST(RandomStream, HasTheMomentsOfItsDistributions) {
  RandomStream random(1, 1);
  constexpr int count = 400000;
  double uniform[2] = {};
  double exponential[2] = {};
  double normal[4] = {};
  for (int i = 0; i < count; ++i) {
    const double u = random.uniform();
    const double e = random.exponential();
    const double n = random.normal();
    uniform[0] += u;
    uniform[1] += u * u;
    exponential[0] += e;
    exponential[1] += e * e;
    normal[0] += n;
    normal[1] += n * n;
    normal[3] += n * n * n * n;
  }
  // Within four standard deviations of the means.
  const double scale = 4 / std::sqrt(count);
  EXPECT_NEAR(uniform[0] / count, 0.5, scale * 0.29);
  EXPECT_NEAR(uniform[1] / count, 1.0 / 3, scale * 0.30);
  EXPECT_NEAR(exponential[0] / count, 1, scale);
  EXPECT_NEAR(exponential[1] / count, 2, scale * 4.5);
  EXPECT_NEAR(normal[0] / count, 0, scale);
  EXPECT_NEAR(normal[1] / count, 1, scale * 1.42);
  EXPECT_NEAR(normal[3] / count, 3, scale * 9.8);
}

}  // namespace
}  // namespace showergan::montecarlo
