#include "gan/profile_balance.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace showergan::gan {
namespace {

constexpr Grid kGrid{5, 5, 2};
constexpr std::size_t kCells = 50;
const std::vector<double> kEnergies = {12, 90, 450};  // one of each class of 10 to 500 GeV

std::vector<float> images(unsigned seed) {
  std::mt19937 engine(seed);
  std::exponential_distribution<float> energy(100);
  std::vector<float> cells(kEnergies.size() * kCells);
  for (float& cell : cells) cell = energy(engine);
  return cells;
}

ProfileBalance balance(double decay, double weight = 1) {
  return {ProfileRecipe{weight, decay}, kGrid, ConditionRange{"energy", 10, 500}};
}

std::vector<float> gradient_of(const ProfileBalance& balance) {
  std::vector<float> gradient(kEnergies.size() * kCells, 0.0f);
  balance.add_gradient(kEnergies, static_cast<std::int64_t>(gradient.size()), gradient);
  return gradient;
}

TEST(ProfileBalance, FindsNothingWrongWithTheShowersThemselves) {
  ProfileBalance same = balance(0.5);
  EXPECT_EQ(same.observe(images(1), images(1), kEnergies), 0);
  for (const float slope : gradient_of(same)) EXPECT_EQ(slope, 0);
}

/// Cell (x, y, z) of a shower.
std::size_t cell(std::size_t shower, std::int64_t x, std::int64_t y, std::int64_t z) {
  return shower * kCells + static_cast<std::size_t>((x * 5 + y) * 2 + z);
}

TEST(ProfileBalance, TellsAClassOfCellsHowFarItIsOff) {
  const std::vector<float> truth = images(1);
  std::vector<float> half = truth;
  // Ring 1 of layer 1: the eight cells around the middle.
  for (std::int64_t x = 1; x <= 3; ++x) {
    for (std::int64_t y = 1; y <= 3; ++y) {
      if (x != 2 || y != 2) half[cell(1, x, y, 1)] *= 0.8f;
    }
  }
  ProfileBalance found = balance(0, 3);
  EXPECT_GT(found.observe(truth, half, kEnergies), 0);
  const std::vector<float> gradient = gradient_of(found);
  int wrong = 0;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    if (half[i] == truth[i]) {
      EXPECT_NEAR(gradient[i], 0, 1e-5) << i;
      continue;
    }
    ++wrong;
    EXPECT_NEAR(gradient[i], 3 * 1000 * (1 - 1 / 0.8) / 150, 1e-4);
  }
  EXPECT_EQ(wrong, 8);
}

/// Without a memory it is that of the deviance of a Poisson distribution of all sums, in MeV.
TEST(ProfileBalance, GivesTheGradientOfTheDevianceOfItsSums) {
  const std::vector<float> truth = images(1);
  const std::vector<float> made = images(2);
  ProfileBalance found = balance(0);
  found.observe(truth, made, kEnergies);
  const std::vector<float> gradient = gradient_of(found);
  for (const auto& [shower, x, y, z] :
       {std::array<std::int64_t, 4>{0, 0, 0, 0}, {1, 2, 2, 1}, {2, 1, 4, 0}}) {
    double s = 0;
    double t = 0;
    for (std::int64_t i = 0; i < 5; ++i) {
      for (std::int64_t j = 0; j < 5; ++j) {
        if (std::lround(std::hypot(i - 2, j - 2)) != std::lround(std::hypot(x - 2, y - 2)))
          continue;
        s += 1000 * static_cast<double>(made[cell(static_cast<std::size_t>(shower), i, j, z)]);
        t += 1000 * static_cast<double>(truth[cell(static_cast<std::size_t>(shower), i, j, z)]);
      }
    }
    const auto deviance = [&](double sum) { return (sum - t * std::log(sum)) / 150; };
    const double h = 1e-3 * s;
    const double slope = 1000 * (deviance(s + h) - deviance(s - h)) / (2 * h);
    if (t / s > 2) continue;
    EXPECT_NEAR(gradient[cell(static_cast<std::size_t>(shower), x, y, z)], slope,
                1e-3 * std::abs(slope) + 1e-4);
  }
}

TEST(ProfileBalance, RemembersAndForgets) {
  ProfileBalance slow = balance(0.9);
  ProfileBalance quick = balance(0.1);
  std::vector<float> more = images(1);
  for (float& value : more) value *= 1.5f;
  for (ProfileBalance* each : {&slow, &quick}) each->observe(images(1), more, kEnergies);
  const double slow_difference = slow.observe(images(1), images(1), kEnergies);
  const double quick_difference = quick.observe(images(1), images(1), kEnergies);
  EXPECT_NEAR(slow_difference, 0.5 * 0.09 / 0.19, 1e-3);
  EXPECT_NEAR(quick_difference, 0.5 * 0.09 / 0.99, 1e-3);
}

TEST(ProfileBalance, GoesOnFromACheckpoint) {
  ProfileBalance before = balance(0.7);
  before.observe(images(1), images(2), kEnergies);
  Checkpoint checkpoint;
  before.store("profile", checkpoint);
  ProfileBalance after = balance(0.7);
  after.restore("profile", checkpoint);
  EXPECT_EQ(before.observe(images(3), images(4), kEnergies),
            after.observe(images(3), images(4), kEnergies));
  EXPECT_EQ(gradient_of(before), gradient_of(after));
}

TEST(ProfileBalance, AClassWithoutEnergySaysNothing) {
  ProfileBalance found = balance(0.5);
  std::vector<float> none(kEnergies.size() * kCells, 0.0f);
  EXPECT_EQ(found.observe(none, none, kEnergies), 0);
  found.observe(images(1), none, kEnergies);
  for (const float slope : gradient_of(found)) EXPECT_EQ(slope, 0);
}

}  // namespace
}  // namespace showergan::gan
