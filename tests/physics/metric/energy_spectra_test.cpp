#include "physics/metric/energy_spectra.hpp"

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

EnergySpectraTest of(const std::vector<float>& a, const std::vector<float>& b) {
  const auto set = [](const std::vector<float>& energies) {
    ShowerBatch batch;
    batch.grid = {1, 1, 1};
    for (const float energy : energies) test::add_shower(batch, energy, {});
    return test::measured(batch);
  };
  const ShowerSet first = set(a);
  const ShowerSet second = set(b);
  return compare_energies(Sample(first), Sample(second));
}

TEST(EnergySpectra, AreTheSameInAnyOrder) {
  EXPECT_EQ(of({10, 20, 30}, {30, 10, 20}).verdict, EnergySpectra::same);
  EXPECT_EQ(of({10, 20, 30}, {10, 20, 30.00001f}).verdict, EnergySpectra::same);
}

TEST(EnergySpectra, OfOneDistributionAreAlike) {
  const auto test = of(test::toy_energies(1, 2000), test::toy_energies(2, 1500));
  EXPECT_EQ(test.verdict, EnergySpectra::alike);
  EXPECT_GT(test.probability, 1e-3);
}

TEST(EnergySpectra, OfTwoDistributionsAreDifferent) {
  std::vector<float> other = test::toy_energies(2, 2000);
  for (float& energy : other) energy = 10 + 0.85f * (energy - 10);
  const auto test = of(test::toy_energies(1, 2000), other);
  EXPECT_EQ(test.verdict, EnergySpectra::different);
  EXPECT_NEAR(test.distance, 0.15, 0.03);
}

}  // namespace
}  // namespace showergan::physics
