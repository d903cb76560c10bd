#include "montecarlo/medium.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

namespace showergan::montecarlo {
namespace {

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

/// X₀ in g/cm² as in the PDG's table of atomic and nuclear properties.
TEST(Medium, RadiationLengthsAreThePublishedOnes) {
  const struct {
    const char* symbol;
    double density;
    double published;
  } rows[] = {{"C", 2.21, 42.70},   {"Al", 2.699, 24.01}, {"Si", 2.329, 21.82},
              {"Fe", 7.874, 13.84}, {"Cu", 8.96, 12.86},  {"W", 19.3, 6.76},
              {"Pb", 11.35, 6.37},  {"U", 18.95, 6.00},   {"H", 0.0000838, 63.04}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.symbol);
    const Medium medium = pure(row.symbol, row.density);
    EXPECT_NEAR(medium.radiation_length * row.density / 10, row.published, 0.006 * row.published);
  }
}

/// ħω_p in eV (Sternheimer, Berger and Seltzer, At. Data Nucl. Data Tables 30 (1984) 261).
TEST(Medium, PlasmaEnergiesAreThePublishedOnes) {
  EXPECT_NEAR(pure("Si", 2.33).plasma_energy * 1e6, 31.06, 0.03);
  EXPECT_NEAR(pure("W", 19.3).plasma_energy * 1e6, 80.32, 0.05);
  EXPECT_NEAR(pure("Pb", 11.35).plasma_energy * 1e6, 61.07, 0.05);
}

TEST(Medium, MixturesAddUp) {
  const Medium alloy =
      make_medium({"alloy", 17.8, {{"W", 0.9299}, {"Ni", 0.0525}, {"Cu", 0.0176}}, 0});
  ASSERT_EQ(alloy.elements.size(), 3U);
  EXPECT_NEAR(alloy.radiation_length, 3.93, 0.02) << "as stated in detectors/clic-ecal.toml";
  double mass = 0;
  for (const MediumElement& element : alloy.elements) mass += element.density * element.mass;
  EXPECT_NEAR(mass / 6.02214076e23 * 1e3, 17.8, 1e-9);
  EXPECT_GT(alloy.mean_excitation, mean_excitation_energy(28));
  EXPECT_LT(alloy.mean_excitation, mean_excitation_energy(74));
}

TEST(Medium, RefusesWhatIsNoElement) {
  EXPECT_THROW(make_medium({"x", 1.0, {{"Xx", 1.0}}, 0}), InputError);
}

/// f(Z) = a² Σ 1 / (n (n² + a²)), of which the formula is an approximation.
TEST(Medium, CoulombCorrectionIsItsSeries) {
  for (const int z : {1, 14, 29, 74, 82, 92}) {
    const double a2 = std::pow(z / 137.035999084, 2);
    double sum = 0;
    for (int n = 1; n < 100000; ++n) sum += 1 / (n * (static_cast<double>(n) * n + a2));
    EXPECT_NEAR(coulomb_correction(z), a2 * sum, 1e-4) << z;
  }
}

}  // namespace
}  // namespace showergan::montecarlo
