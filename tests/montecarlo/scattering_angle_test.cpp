#include "montecarlo/scattering_angle.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "moliere.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/multiple_scattering.hpp"

namespace showergan::montecarlo {
namespace {

constexpr auto electron = ParticleKind::electron;
constexpr auto positron = ParticleKind::positron;

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

const Medium tungsten = pure("W", 19.3);
const Medium silicon = pure("Si", 2.33);
const Medium gold = pure("Au", 19.32);

ScatteringStep step_of(const Medium& medium, ParticleKind kind, double energy, double path) {
  const double transport = MultipleScattering(medium, 0.04).transport_path(kind, energy);
  return {kind, energy, energy, path, path, transport, transport};
}

std::vector<double> sampled(const Medium& medium, const ScatteringStep& step, int count) {
  const ScatteringAngle angle(medium);
  RandomStream random(7, 1);
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(angle.sample(step, 1e-7, random));
  return values;
}

/// Part of the sampled beyond an angle.
double part_beyond(const std::vector<double>& sampled, double angle) {
  const double limit = 2 * std::pow(std::sin(angle / 2), 2);
  const auto beyond =
      std::count_if(sampled.begin(), sampled.end(), [limit](double w) { return w > limit; });
  return static_cast<double>(beyond) / static_cast<double>(sampled.size());
}

/// 15.7 MeV electrons through gold foils of 18.66 and 37.28 mg/cm²: angles of 1/e, 2.58° and 3.76°
/// (A. O. Hanson, L. H. Lanzl, E. M. Lyman and M. B. Scott, Phys. Rev. 84 (1951) 634).
TEST(ScatteringAngle, IsTheMeasuredOneInGoldFoils) {
  const ScatteringAngle angle(gold);
  const auto one_over_e = [&angle](double mass) {
    return std::sqrt(2.0) * angle.width(electron, 15.7, 15.7, mass / 19.32 * 10) * 180 / pi;
  };
  EXPECT_NEAR(one_over_e(0.01866), 2.58, 0.03 * 2.58);
  EXPECT_NEAR(one_over_e(0.03728), 3.76, 0.03 * 3.76);
}

/// V. L. Highland, Nucl. Instrum. Methods 129 (1975) 497, as in the PDG's review: good to 11 %.
TEST(ScatteringAngle, IsHighlandsAsFarAsThatGoes) {
  for (const double energy : {100.0, 1000.0}) {
    for (const auto& [medium, path] : {std::pair(&tungsten, 2.4), std::pair(&silicon, 0.5)}) {
      const double y = path / medium->radiation_length;
      const double highland =
          13.6 / (momentum(energy) * velocity(energy)) * std::sqrt(y) * (1 + 0.038 * std::log(y));
      EXPECT_NEAR(ScatteringAngle(*medium).width(electron, energy, energy, path), highland,
                  0.09 * highland)
          << medium->name << " " << energy;
    }
  }
}

TEST(ScatteringAngle, HasMolieresCore) {
  for (const double energy : {10.0, 100.0, 1e3, 1e5}) {
    for (const auto& [medium, path] : {std::pair(&tungsten, 0.05), std::pair(&tungsten, 0.5),
                                       std::pair(&tungsten, 2.4), std::pair(&silicon, 0.5)}) {
      const double expected = Moliere(*medium, energy, path).core();
      EXPECT_NEAR(std::sqrt(2.0) * ScatteringAngle(*medium).width(electron, energy, energy, path),
                  expected, 0.025 * expected)
          << medium->name << " " << energy << " " << path;
    }
  }
}

/// Parts beyond multiples of the core's angle. Above 100 MeV the tail is that of soft nuclei;
/// below, Urban's is longer than Molière's in heavy nuclei, by 45 % of 2 % at 20 MeV in tungsten.
TEST(ScatteringAngle, HasMolieresDistribution) {
  const struct {
    const Medium* medium;
    double energy;
    double path;
  } rows[] = {{&silicon, 10, 0.5},    {&silicon, 1000, 0.5},  {&tungsten, 20, 0.1},
              {&tungsten, 1000, 0.3}, {&tungsten, 1000, 2.4}, {&tungsten, 1e4, 2.4}};
  for (const auto& row : rows) {
    SCOPED_TRACE(::testing::Message() << row.medium->name << " " << row.energy << " " << row.path);
    const auto found =
        sampled(*row.medium, step_of(*row.medium, electron, row.energy, row.path), 100000);
    const Moliere theory(*row.medium, row.energy, row.path);
    const struct {
      double times;
      double tolerance;
    } parts[] = {{0.5, 0.02}, {1, 0.07}, {2, 0.18}, {3, row.energy > 100 ? 0.3 : 0.5}};
    for (const auto& [times, tolerance] : parts) {
      const double expected = theory.beyond(times * theory.core());
      EXPECT_NEAR(part_beyond(found, times * theory.core()), expected, tolerance * expected)
          << times;
    }
  }
}

/// The distribution that the documentation of ScatteringAngle states, with Urban's coefficients for
/// electrons (Geant4 Physics Reference Manual, "Multiple scattering"), without tables.
class Urban {
 public:
  Urban(double z, double theta0, double tau, double transport_per_radiation_length)
      : x_(4 * std::pow(std::sin(theta0 / 2), 2)), mean_(-std::expm1(-tau)) {
    const double z13 = std::cbrt(z);
    const double u = std::pow(tau, 1.0 / 6);
    xi_ = 2.3785 - 0.41981 * z13 + 0.0631 * z13 * z13 +
          u * (0.47526 + 1.7694 * z13 - 0.33885 * z13 * z13) +
          u * u * (0.23683 - 1.8111 * z13 + 0.32774 * z13 * z13) +
          (0.017888 + 0.019659 * z13 - 0.0026664 * z13 * z13) *
              std::log(transport_per_radiation_length);
    // g without its uniform part, continuous at ξx; its integral and mean.
    double integral = 0;
    double mean = 0;
    for (int i = 0; i < 200000; ++i) {
      const double w = std::exp(std::log(2e-9) * (1 - (i + 0.5) / 2e5) + std::log(2.0));
      integral += shape(w) * w;
      mean += shape(w) * w * w;
    }
    norm_ = 1 / (integral * -std::log(2e-9) / 2e5);
    q_ = std::min(1.0, (1 - mean_) / (1 - mean / integral));
  }

  /// ∫ g between two w.
  double part(double from, double to) const {
    double sum = 0;
    for (int i = 0; i < 2000; ++i) sum += shape(from + (to - from) * (i + 0.5) / 2000);
    return (q_ * norm_ * sum / 2000 + (1 - q_) / 2) * (to - from);
  }

 private:
  double shape(double w) const {
    if (w < xi_ * x_) return std::exp(-w / x_);
    return std::exp(-xi_) * std::pow(w / (xi_ * x_), -xi_);
  }

  double x_;
  double mean_;
  double xi_;
  double norm_;
  double q_;
};

TEST(ScatteringAngle, IsDistributedAsStated) {
  for (const auto& [medium, energy, path] :
       {std::tuple(&tungsten, 10.0, 0.05), std::tuple(&tungsten, 1.0, 0.002),
        std::tuple(&silicon, 0.1, 0.001), std::tuple(&silicon, 50.0, 0.5)}) {
    SCOPED_TRACE(::testing::Message() << medium->name << " " << energy);
    const ScatteringStep step = step_of(*medium, electron, energy, path);
    const double z = medium->elements.front().z;
    const double y = path / medium->radiation_length;
    const double z16 = std::pow(z, 1.0 / 6);
    const double theta0 = 13.6 / (momentum(energy) * velocity(energy)) * std::sqrt(y) *
                          (0.990395 - 0.168386 * z16 + 0.093286 * z16 * z16) *
                          (1 - 0.08778 / z + (0.04078 + 1.7315e-4 * z) * std::log(y));
    const Urban urban(z, theta0, path / step.transport_before,
                      step.transport_before / medium->radiation_length);
    constexpr int count = 200000;
    std::vector<double> found = sampled(*medium, step, count);
    std::sort(found.begin(), found.end());
    double chi2 = 0;
    int bins = 0;
    double from = 0;
    for (double to = 0.1 * theta0 * theta0; from < 2; to *= 1.25) {
      to = to > 1.7 ? 2 : to;
      const auto in = std::lower_bound(found.begin(), found.end(), to) -
                      std::lower_bound(found.begin(), found.end(), from);
      const double expected = count * urban.part(from, to);
      chi2 += std::pow(static_cast<double>(in) - expected, 2) / expected;
      from = to;
      ++bins;
    }
    EXPECT_LT(chi2, bins + 4 * std::sqrt(2.0 * bins));
  }
}

/// The constraint of the model: exact with the function for large angles, and where core and tail
/// turn less than λ₁ says. Where they turn more (q > 1) nothing is done about it, as in Geant4.
TEST(ScatteringAngle, HasTheMeanCosineOfItsTransportPath) {
  for (const Medium* medium : {&tungsten, &silicon}) {
    for (const double energy : {0.01, 0.1, 1.0, 10.0}) {
      for (const double tau : {0.01, 0.1, 0.5, 2.0, 5.0}) {
        ScatteringStep step = step_of(*medium, electron, energy, 1);
        step.path = tau * step.transport_before;
        const auto found = sampled(*medium, step, 40000);
        double sum = 0;
        double squares = 0;
        for (const double w : found) {
          sum += w;
          squares += w * w;
        }
        const double mean = sum / 40000;
        const double error = std::sqrt((squares / 40000 - mean * mean) / 40000);
        const double expected = -std::expm1(-tau);
        EXPECT_NEAR(mean, expected, 4 * error + (tau < 0.3 ? 0.14 * expected : 0))
            << medium->name << " " << energy << " " << tau;
      }
    }
  }
}

/// The mean cosine of a step in which λ₁ falls: exp(−τ), τ = t ln(λ₀/λ₁) / (λ₀ − λ₁).
TEST(ScatteringAngle, TakesTheTransportPathAlongTheStep) {
  for (const double transport_after : {0.99, 0.7, 0.3}) {
    ScatteringStep step = {electron, 1, 0.4, 0.8, 0.6, 1, transport_after};
    const double tau = 0.8 * std::log(transport_after) / (transport_after - 1);
    const auto found = sampled(tungsten, step, 100000);
    double sum = 0;
    for (const double w : found) sum += w;
    EXPECT_NEAR(sum / 100000, -std::expm1(-tau), 0.006) << transport_after;
  }
}

double quantile(std::vector<double> values, double probability) {
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>(probability * static_cast<double>(values.size()));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

TEST(ScatteringAngle, OfTwoHalvesIsThatOfTheWhole) {
  for (const auto& [medium, energy, path] :
       {std::tuple(&tungsten, 10.0, 0.05), std::tuple(&tungsten, 1000.0, 2.4),
        std::tuple(&silicon, 10.0, 0.5), std::tuple(&silicon, 0.5, 0.02)}) {
    const auto whole = sampled(*medium, step_of(*medium, electron, energy, path), 100000);
    const auto halves = sampled(*medium, step_of(*medium, electron, energy, path / 2), 200000);
    RandomStream random(7, 2);
    std::vector<double> composed;
    for (std::size_t i = 0; i < 100000; ++i) {
      const double a = halves[2 * i];
      const double b = halves[2 * i + 1];
      const double sines = std::sqrt(a * (2 - a) * b * (2 - b));
      composed.push_back(1 - (1 - a) * (1 - b) + sines * std::cos(two_pi * random.uniform()));
    }
    for (const double p : {0.3, 0.5, 0.8, 0.95}) {
      EXPECT_NEAR(std::sqrt(quantile(composed, p) / quantile(whole, p)), 1, 0.045)
          << medium->name << " " << energy << " " << p;
    }
  }
}

TEST(ScatteringAngle, SendsNoFastParticleBack) {
  for (const double energy : {150.0, 1e3, 1e6}) {
    const auto found = sampled(tungsten, step_of(tungsten, electron, energy, 2.4), 100000);
    EXPECT_EQ(part_beyond(found, energy < 1000 ? 1.5 : 0.3), 0) << energy;
  }
}

TEST(ScatteringAngle, OfPositronsDiffersAtLowEnergies) {
  const ScatteringAngle angle(tungsten);
  EXPECT_NEAR(angle.width(positron, 20, 20, 0.1) / angle.width(electron, 20, 20, 0.1), 0.872, 0.01);
  EXPECT_EQ(angle.width(positron, 200, 200, 0.1), angle.width(electron, 200, 200, 0.1));
}

TEST(ScatteringAngle, IsOneAtAllEnergiesAndLengths) {
  for (const Medium* medium : {&tungsten, &silicon}) {
    const ScatteringAngle angle(*medium);
    RandomStream random(7, 3);
    for (const auto kind : {electron, positron}) {
      for (double energy = 1e-3; energy < 2e6; energy *= 10) {
        for (double path = 1e-8; path < 100; path *= 10) {
          ScatteringStep step = step_of(*medium, kind, energy, path);
          for (const double left : {1.0, 0.9, 0.1}) {
            step.energy_after = left * energy;
            step.transport_after = left * step.transport_before;
            for (int i = 0; i < 200; ++i) {
              const double w = angle.sample(step, 1e-5, random);
              ASSERT_TRUE(w >= 0 && w <= 2 + 1e-12) << energy << " " << path << " " << w;
            }
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace showergan::montecarlo
