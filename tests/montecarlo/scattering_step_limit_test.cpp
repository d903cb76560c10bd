#include "montecarlo/scattering_step_limit.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

const Medium tungsten = make_medium({"W", 19.3, {{"W", 1.0}}, 0});

/// Mean and spread of the limit under the same circumstances.
struct Limits {
  double mean = 0;
  double spread = 0;
};

Limits limits(const StepStart& start, double path = 1e9) {
  const ScatteringStepLimit limit(tungsten, 0.04);
  RandomStream random(1, 2);
  constexpr int count = 20000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < count; ++i) {
    ScatteringState state;
    const double t = limit.limit(state, start, path, random);
    sum += t;
    squares += t * t;
  }
  const double mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

TEST(ScatteringStepLimit, IsAPartOfTheRange) {
  const Limits found = limits({ParticleKind::electron, true, 1, 0.4, 0.05, 0});
  EXPECT_NEAR(found.mean, 0.04 * 0.4, 1e-4);
  EXPECT_NEAR(found.spread / found.mean, 0.1, 0.005);
}

TEST(ScatteringStepLimit, IsAPartOfALongerTransportPath) {
  EXPECT_NEAR(limits({ParticleKind::electron, true, 1, 0.4, 0.8, 0}).mean, 0.04 * 0.8, 2e-4);
  // λ₁ = 5 mm: f = 0.75 + 0.25 · 5 = 2.
  EXPECT_NEAR(limits({ParticleKind::electron, true, 10, 4, 5, 0}).mean, 0.08 * 5, 2e-3);
}

TEST(ScatteringStepLimit, IsLongerFarFromBoundaries) {
  EXPECT_NEAR(limits({ParticleKind::electron, false, 1, 0.4, 0.05, 0.1}).mean, 0.06, 3e-4);
}

TEST(ScatteringStepLimit, RemembersTheEntrance) {
  const ScatteringStepLimit limit(tungsten, 0.04);
  RandomStream random(1, 3);
  ScatteringState state;
  StepStart start = {ParticleKind::electron, true, 1, 0.4, 0.05, 0};
  limit.limit(state, start, 1e9, random);
  EXPECT_NEAR(state.by_range, 0.016, 1e-12);
  start.at_boundary = false;
  start.range = 0.2;
  limit.limit(state, start, 1e9, random);
  EXPECT_NEAR(state.by_range, 0.016, 1e-12);
  start.at_boundary = true;
  limit.limit(state, start, 1e9, random);
  EXPECT_NEAR(state.by_range, 0.008, 1e-12);
}

TEST(ScatteringStepLimit, LeavesAParticleThatCannotReachABoundary) {
  const ScatteringStepLimit limit(tungsten, 0.04);
  RandomStream random(1, 4);
  ScatteringState state;
  const StepStart inside = {ParticleKind::electron, false, 0.1, 0.01, 0.002, 0.02};
  EXPECT_EQ(limit.limit(state, inside, 1e9, random), 0.01) << "the range";
  EXPECT_FALSE(state.displaced);
  StepStart near = inside;
  near.safety = 0.001;
  EXPECT_LT(limit.limit(state, near, 1e9, random), 0.002);
  EXPECT_TRUE(state.displaced);
}

TEST(ScatteringStepLimit, NeverExceedsTheOtherLimitsNorFallsBelowTheShortest) {
  for (const double energy : {1e-3, 4e-3, 0.1, 1.0, 100.0, 1e6}) {
    for (const auto kind : {ParticleKind::electron, ParticleKind::positron}) {
      const ScatteringStepLimit limit(tungsten, 0.04);
      RandomStream random(1, 5);
      for (int i = 0; i < 1000; ++i) {
        ScatteringState state;
        const double t = limit.limit(state, {kind, true, energy, 1e-5, 1e-6, 0}, 1e-6, random);
        ASSERT_LE(t, 1e-6);
        ASSERT_GE(t, std::min(1e-6, state.shortest));
        ASSERT_GE(state.shortest, 1e-8);
      }
    }
  }
}

}  // namespace
}  // namespace showergan::montecarlo
