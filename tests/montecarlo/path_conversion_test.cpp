#include "montecarlo/path_conversion.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

/// ∫₀ᵗ exp(−∫₀ᵘ dv/λ(v)) du with λ = λ₀ (1 − α t).
double integral(double transport, double alpha, double path) {
  constexpr int steps = 20000;
  const double du = path / steps;
  double exponent = 0;
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double half = du / 2 / (transport * (1 - alpha * (i + 0.5) * du));
    exponent += half;
    sum += std::exp(-exponent) * du;
    exponent += half;
  }
  return sum;
}

TEST(PathConversion, IsTheMeanOfTheCosineAlongAShortStep) {
  for (const double path : {1e-6, 1e-3, 0.1, 1.0, 4.0}) {
    const PathConversion conversion(1, 100, path, 2.0, 0);
    EXPECT_NEAR(conversion.geometrical(path), integral(2.0, 0, path), 1e-7 * path) << path;
  }
}

TEST(PathConversion, TakesTheLossOfEnergyIn) {
  ASSERT_TRUE(PathConversion::needs_end(5, 10, 2));
  const PathConversion fast(5, 10, 2, 3.0, 2.4);
  EXPECT_NEAR(fast.geometrical(2), integral(3.0, 0.1, 2), 1e-6);
  ASSERT_FALSE(PathConversion::needs_end(0.3, 10, 2));
  const PathConversion slow(0.3, 10, 2, 3.0, 0);
  EXPECT_NEAR(slow.geometrical(2), integral(3.0, 0.1, 2), 1e-6);
  ASSERT_FALSE(PathConversion::needs_end(5, 10, 10));
  const PathConversion last(5, 10, 10, 3.0, 0);
  EXPECT_NEAR(last.geometrical(10), integral(3.0, 0.1, 10), 1e-4);
}

TEST(PathConversion, GoesBack) {
  for (const double transport : {0.01, 1.0, 1e6}) {
    for (const double range : {2.0, 5.0, 1e4}) {
      const double path = 2;
      const PathConversion conversion(0.2, range, path, transport, 0);
      for (const double part : {1e-9, 0.01, 0.3, 0.7, 1.0}) {
        const double advance = conversion.geometrical(part * path);
        EXPECT_LE(advance, part * path * (1 + 1e-12));
        if (part * path > 5 * transport) continue;  // nothing of the length is left in it
        EXPECT_NEAR(conversion.true_path(advance), part * path, 1e-6 * part * path)
            << transport << " " << range << " " << part;
      }
      EXPECT_EQ(conversion.true_path(10 * path), path) << "not beyond the step";
    }
  }
}

TEST(PathConversion, StandsARisingTransportPath) {
  const PathConversion conversion(10, 10, 2, 30.0, 33.0);
  EXPECT_NEAR(conversion.geometrical(2), integral(30, 0, 2), 1e-6);
}

}  // namespace
}  // namespace showergan::montecarlo
