#include "montecarlo/shower_axis.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

Vector3 direction(double theta, double phi) {
  return {std::sin(theta) * std::cos(phi), std::sin(theta) * std::sin(phi), std::cos(theta)};
}

void expect_across(const ShowerAxis& axis, const Vector3& position, double x, double y) {
  const ShowerAxis::Across across = axis.across(position);
  EXPECT_NEAR(across.x, x, 1e-9);
  EXPECT_NEAR(across.y, y, 1e-9);
}

TEST(ShowerAxis, AlongTheDepthItHasTheAxesOfTheDetector) {
  const ShowerAxis axis({1, -2, 0}, {0, 0, 1});
  EXPECT_EQ(axis.impact(), (Vector3{1, -2, 0}));
  expect_across(axis, {1, -2, 70}, 0, 0);
  expect_across(axis, {4, -2, 70}, 3, 0);
  expect_across(axis, {1, 2, 70}, 0, 4);
}

TEST(ShowerAxis, FollowsThePrimary) {
  const Vector3 impact{3, 5, 0};
  for (const double theta : {0.1, 0.7, 1.5}) {
    for (const double phi : {-2.0, 0.0, 0.4, 3.1}) {
      const Vector3 along = direction(theta, phi);
      const ShowerAxis axis(impact, along);
      expect_across(axis, impact + 31.0 * along, 0, 0);
      // Where the polar angle, and where the azimuth grows.
      const Vector3 steeper = direction(theta + pi / 2, phi);
      const Vector3 turned = direction(pi / 2, phi + pi / 2);
      expect_across(axis, impact + 31.0 * along + 2.0 * steeper, 2, 0);
      expect_across(axis, impact + 31.0 * along + 2.0 * turned, 0, 2);
    }
  }
}

/// The numbers of CLHEP's rotateZ(−φ), then rotateY(−θ), by which Par04 turns a place.
TEST(ShowerAxis, TurnsAsPar04) {
  const ShowerAxis axis({0, 0, 0}, direction(0.5, 1.2));
  const Vector3 place{7, -3, 11};
  const double x = std::cos(1.2) * place.x + std::sin(1.2) * place.y;
  const double y = -std::sin(1.2) * place.x + std::cos(1.2) * place.y;
  expect_across(axis, place, std::cos(0.5) * x - std::sin(0.5) * place.z, y);
}

}  // namespace
}  // namespace showergan::montecarlo
