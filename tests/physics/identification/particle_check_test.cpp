#include "physics/identification/particle_check.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "physics/identification/two_particles.hpp"

namespace showergan::physics {
namespace {

constexpr IdentificationOptions kOptions = {.seed = 1, .threads = 2};

ShowerSet showers(std::uint64_t seed, const std::vector<float>& energies) {
  return test::measured(test::toy_showers(seed, energies));
}
ShowerSet others(std::uint64_t seed, const std::vector<float>& energies) {
  return test::measured(test::deeper_showers(seed, energies));
}

/// 1,000 showers of the known particle, and 1,000 of another one.
struct Sets {
  std::vector<float> energies = test::toy_energies(1, 1000);
  ShowerSet reference = showers(1, energies);
  ShowerSet other = others(2, test::toy_energies(2, 1000));
  ParticleCheck check{reference, {"gamma", "gamma.h5", other}, kOptions};
};

const Sets& sets() {
  static const Sets all;
  return all;
}

const MetricResult& metric(const Identification& result, const std::string& name) {
  return *std::ranges::find(result.metrics, name + "[gamma]", &MetricResult::name);
}

TEST(ParticleCheckTest, IsAtItsFloorForShowersOfTheSameKind) {
  const Identification result = sets().check.apply(showers(3, sets().energies));
  EXPECT_EQ(result.other, "gamma");
  EXPECT_LE(result.training, 400);
  EXPECT_GT(result.training, 320) << "bins of the energy hold more of one particle";
  EXPECT_EQ(result.showers, 500);
  EXPECT_EQ(result.reason, "");
  EXPECT_GT(result.reference_area.value, 0.9);
  EXPECT_NEAR(result.candidate_area.value, result.reference_area.value,
              4 * result.reference_area.error);
  for (const MetricResult& own : result.metrics) {
    EXPECT_NEAR(*own.value, *own.floor, 3 * *own.uncertainty) << own.name;
  }
  ASSERT_EQ(result.points.size(), 3u);
  EXPECT_EQ(result.points[1].reference.value(), 0.9);
  EXPECT_LT(result.points[1].other.value(), 0.5);
  EXPECT_EQ(result.energies.size(), 10u);
}

TEST(ParticleCheckTest, SeesThatShowersAreALayerTooDeep) {
  const Identification result = sets().check.apply(others(4, sets().energies));
  EXPECT_GT(*metric(result, "pid_separation").value, 0.3);
  EXPECT_GT(*metric(result, "pid_efficiency_shift").value, 0.5);
  EXPECT_LT(result.points[1].candidate.value(), result.points[1].other.value() + 0.1);
}

TEST(ParticleCheckTest, JudgesNoCandidateAtTheEnergyOfATraining) {
  // The reference itself: only its test part is left, which is the same on both sides.
  const Identification result = sets().check.apply(sets().reference);
  EXPECT_EQ(result.showers, 500);
  EXPECT_EQ(result.reference_scores, result.candidate_scores);
  for (const MetricResult& own : result.metrics) EXPECT_EQ(*own.value, 0) << own.name;
}

TEST(ParticleCheckTest, ComparesDifferentSpectraInBins) {
  std::vector<float> low = test::toy_energies(5, 1000);
  for (float& energy : low) energy = 10 + (energy - 10) * (energy - 10) * (energy - 10) / 8100;
  const Identification result = sets().check.apply(showers(5, low));
  EXPECT_LT(result.showers, 500);
  EXPECT_GT(result.showers, 300);
  const MetricResult& shift = metric(result, "pid_efficiency_shift");
  EXPECT_NEAR(*shift.value, *shift.floor, 3 * *shift.uncertainty);
}

TEST(ParticleCheckTest, LeavesOutEnergiesThatTheOtherParticleLacks) {
  std::vector<float> upper;
  for (const float energy : test::toy_energies(6, 2000)) {
    if (energy > 55) upper.push_back(energy);
  }
  const ShowerSet other = others(6, upper);
  const ParticleCheck check(sets().reference, {"gamma", "gamma.h5", other}, kOptions);
  const Identification result = check.apply(showers(3, sets().energies));
  EXPECT_NEAR(result.energy_low, 55, 0.5);
  EXPECT_NEAR(result.energy_high, 100, 0.5);
  EXPECT_NEAR(static_cast<double>(result.showers), 250, 25);
  EXPECT_EQ(result.energies.size(), 5u);
}

TEST(ParticleCheckTest, RefusesSetsThatShareNoEnergies) {
  const ShowerSet far = others(7, std::vector<float>(500, 200.0f));
  try {
    const ParticleCheck check(sets().reference, {"pi0", "pi0.h5", far}, kOptions);
    FAIL() << "not refused";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("the showers of pi0 share too few energies"),
              std::string::npos)
        << error.what();
  }
}

TEST(ParticleCheckTest, HasAReasonForTooFewCandidates) {
  const Identification result = sets().check.apply(showers(3, test::toy_energies(3, 99)));
  EXPECT_EQ(result.reason, "fewer than 100 showers to compare at the energies of gamma");
  ASSERT_EQ(result.metrics.size(), 2u);
  EXPECT_FALSE(result.metrics[0].value);
  EXPECT_EQ(result.metrics[0].reason, result.reason);
}

}  // namespace
}  // namespace showergan::physics
