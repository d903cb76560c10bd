#include "montecarlo/loss_fluctuation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "montecarlo/ionisation.hpp"

namespace showergan::montecarlo {
namespace {

constexpr ParticleKind electron = ParticleKind::electron;

Medium silicon() {
  return make_medium({"Si", 2.33, {{"Si", 1.0}}, 0});
}

/// The model's two kinds of collisions.
struct Collisions {
  double widening;
  double excitation;  ///< MeV
  double excitations;
  double ionisations;
  double largest;
};

Collisions collisions(const Medium& medium, double mean, double largest) {
  Collisions c;
  c.widening = std::min(1 + 0.5e-3 / largest, 1.5);
  c.largest = largest;
  const bool excites = largest > medium.mean_excitation;
  const double plain = excites ? 0.44 * mean / c.widening / medium.mean_excitation : 0;
  const double width = plain < 42 ? 0.1 + 3.9 * std::sqrt(plain / 42) : 4;
  c.excitation = width * medium.mean_excitation;
  c.excitations = plain / width;
  // With the density E₀E₁/(E₁ − E₀)/E² the mean energy is E₀E₁/(E₁ − E₀) ln(E₁/E₀).
  const double lowest = 10e-6;
  c.ionisations = (excites ? 0.56 : 1) * mean / c.widening /
                  (lowest * largest / (largest - lowest) * std::log(largest / lowest));
  return c;
}

/// Plainly, one collision after another.
double sample_plainly(const Collisions& c, std::mt19937_64& engine) {
  std::uniform_real_distribution<double> uniform;
  double loss = 0;
  const int n = std::poisson_distribution<int>(std::max(1e-12, c.excitations))(engine);
  if (n > 0) loss += c.excitation * (n + 1 - 2 * uniform(engine));
  for (int k = std::poisson_distribution<int>(c.ionisations)(engine); k > 0; --k) {
    loss += 1 / (1 / 10e-6 - uniform(engine) * (1 / 10e-6 - 1 / c.largest));
  }
  return c.widening * loss;
}

/// Of the loss, from its collisions. Where there are many ionisations, all but 8 c/(8 + c) of c are
/// a fixed number, which takes the square of their mean energy each from the variance.
double variance_of(const Collisions& c) {
  const double lowest = 10e-6;
  double variance =
      c.excitations * c.excitation * c.excitation + c.ionisations * lowest * c.largest;
  if (c.excitations < 8) {  // smeared
    variance += (1 - std::exp(-c.excitations)) * c.excitation * c.excitation / 3;
  }
  if (c.ionisations > 8) {
    const double summed = c.ionisations * c.ionisations / (8 + c.ionisations);
    const double ratio = c.largest / lowest;
    const double alpha = ratio * (8 + c.ionisations) / (8 * ratio + c.ionisations);
    variance -= summed * std::pow(lowest * alpha * std::log(alpha) / (alpha - 1), 2);
  }
  return c.widening * c.widening * variance;
}

TEST(LossFluctuation, HasTheMeanAndTheVarianceOfItsCollisions) {
  const Medium medium = silicon();
  const LossFluctuation fluctuation(medium);
  constexpr int count = 400000;
  for (const double largest : {0.12, 0.01, 5e-4, 1e-4}) {
    for (const double mean : {3e-5, 3e-4, 3e-3, 0.02, 0.2, 2.0}) {
      SCOPED_TRACE(testing::Message() << "mean " << mean << ", largest " << largest);
      const Collisions c = collisions(medium, mean, largest);
      const double variance = variance_of(c);
      RandomStream random(5, 2);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < count; ++i) {
        const double loss = fluctuation.sample(mean, largest, random);
        ASSERT_GE(loss, 0);
        sum += loss;
        squares += (loss - mean) * (loss - mean);
      }
      EXPECT_NEAR(sum / count, mean, 5 * std::sqrt(variance / count));
      // The fourth moment is that of the few hardest collisions.
      const double fourth =
          c.ionisations * 10e-6 * std::pow(c.widening, 4) * std::pow(largest, 3) / 3 +
          3 * variance * variance;
      EXPECT_NEAR(squares / count, variance, 0.02 * variance + 4 * std::sqrt(fourth / count));
    }
  }
}

/// Kolmogorov's distance of two samples.
double distance(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double largest = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= x) ++i;
    while (j < b.size() && b[j] <= x) ++j;
    largest = std::max(largest, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                         static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return largest;
}

/// 0.008 is exceeded by one pair in 1000 of the same distribution; what many collisions are
/// together, is not quite normal.
TEST(LossFluctuation, IsDistributedAsTheSumOfItsCollisions) {
  const Medium medium = silicon();
  const LossFluctuation fluctuation(medium);
  std::mt19937_64 engine(1);
  RandomStream random(9, 4);
  for (const double mean : {1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1}) {
    const Collisions c = collisions(medium, mean, 0.12);
    std::vector<double> fast;
    std::vector<double> plain;
    for (int i = 0; i < 100000; ++i) {
      fast.push_back(fluctuation.sample(mean, 0.12, random));
      if (i < 60000) plain.push_back(sample_plainly(c, engine));
    }
    EXPECT_LT(distance(std::move(fast), std::move(plain)), 0.012) << mean;
  }
}

/// Landau's most probable loss with the density effect, ξ [ln(2mβ²γ²/I) + ln(ξ/I) + 0.2 − β² − δ]
/// (Bichsel, Rev. Mod. Phys. 60 (1988) 663; PDG review), ξ = 2π r_e² m n_e L/β², of a track through
/// 0.5 mm of silicon with its delta rays, whatever its steps are.
TEST(LossFluctuation, MostProbableLossInSiliconIsLandaus) {
  const Medium medium = silicon();
  constexpr double cut = 0.12;
  constexpr double thickness = 0.5;
  const Ionisation ionisation(medium, cut);
  const LossFluctuation fluctuation(medium);
  RandomStream random(2, 8);
  for (const double energy : {10.0, 100.0}) {
    for (const int steps : {1, 5}) {
      SCOPED_TRACE(testing::Message() << energy << " MeV, " << steps << " steps");
      const double cross_section = ionisation.cross_section(electron, energy);
      const double mean = ionisation.loss(electron, energy) * thickness / steps;
      constexpr double bin = 0.004;  // MeV
      std::vector<int> histogram(100);
      for (int i = 0; i < 200000; ++i) {
        double loss = 0;
        for (int k = 0; k < steps; ++k) loss += fluctuation.sample(mean, cut, random);
        for (double path = random.exponential() / cross_section; path < thickness;
             path += random.exponential() / cross_section) {
          Interaction result;
          ionisation.interact({electron, energy, {}, {0, 0, 1}}, random, result);
          loss += energy - result.energy;
        }
        if (loss < 100 * bin) ++histogram[static_cast<std::size_t>(loss / bin)];
      }
      // The vertex of a parabola through the highest bins.
      const auto top = std::max_element(histogram.begin() + 1, histogram.end() - 1);
      const double slope = (top[1] - top[-1]) / 2.0;
      const double curvature = top[1] - 2.0 * top[0] + top[-1];
      const double mode =
          bin * (static_cast<double>(top - histogram.begin()) + 0.5 - slope / curvature);

      const double gamma = 1 + energy / electron_mass;
      const double beta_gamma2 = gamma * gamma - 1;
      const double beta2 = beta_gamma2 / (gamma * gamma);
      const double xi = two_pi_r2_mass * medium.electron_density * thickness / beta2;
      const double i = medium.mean_excitation;
      const double landau =
          xi * (std::log(2 * electron_mass * beta_gamma2 / i) + std::log(xi / i) + 0.2 - beta2 -
                DensityEffect(medium).correction(std::sqrt(beta_gamma2)));
      EXPECT_NEAR(mode, landau, 0.03 * landau);
      // Above the most probable loss there are more than below.
      const auto below = std::accumulate(histogram.begin(), top, 0);
      EXPECT_LT(below, 0.35 * 200000);
    }
  }
}

TEST(LossFluctuation, TheSmallestLossesDoNotFluctuate) {
  const LossFluctuation fluctuation(silicon());
  RandomStream random(1, 1);
  EXPECT_EQ(fluctuation.sample(9e-6, 0.1, random), 9e-6);
  EXPECT_EQ(fluctuation.sample(0, 0.1, random), 0);
  EXPECT_EQ(fluctuation.sample(1e-3, 1e-5, random), 1e-3);
}

}  // namespace
}  // namespace showergan::montecarlo
