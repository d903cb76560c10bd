#include "montecarlo/azimuth.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

TEST(Azimuth, IsUniformAndOfLengthOne) {
  RandomStream random(1, 6);
  constexpr int count = 200000;
  std::array<int, 40> bins{};
  for (int i = 0; i < count; ++i) {
    const Azimuth azimuth = random_azimuth(random);
    ASSERT_NEAR(azimuth.cosine * azimuth.cosine + azimuth.sine * azimuth.sine, 1, 1e-9);
    const double turn = std::atan2(azimuth.sine, azimuth.cosine) / two_pi + 0.5;
    ++bins[std::min<std::size_t>(39, static_cast<std::size_t>(turn * 40))];
  }
  double chi2 = 0;
  for (const int bin : bins) chi2 += std::pow(bin - count / 40.0, 2) / (count / 40.0);
  EXPECT_LT(chi2, 39 + 4 * std::sqrt(2.0 * 39));
}

TEST(Azimuth, AddsAngles) {
  const Azimuth sum = Azimuth{std::cos(0.7), std::sin(0.7)} + Azimuth{std::cos(2.9), std::sin(2.9)};
  EXPECT_NEAR(sum.cosine, std::cos(3.6), 1e-15);
  EXPECT_NEAR(sum.sine, std::sin(3.6), 1e-15);
}

}  // namespace
}  // namespace showergan::montecarlo
