#include "montecarlo/multiple_scattering.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr auto electron = ParticleKind::electron;

const Medium tungsten = make_medium({"W", 19.3, {{"W", 1.0}}, 0});
const Medium silicon = make_medium({"Si", 2.33, {{"Si", 1.0}}, 0});

TEST(MultipleScattering, HasTheTransportPathOfItsElements) {
  // 1 / (n σ₁), σ₁ = 91.15 barn at 10 MeV (transport_cross_section_test).
  const double atoms = 19.3e-3 * avogadro / 183.84;
  EXPECT_NEAR(MultipleScattering(tungsten, 0.04).transport_path(electron, 10),
              1 / (atoms * 91.15e-22 * 1.0031), 0.01);
  const Medium half = make_medium({"half", 10.815, {{"W", 0.89231}, {"Si", 0.10769}}, 0});
  const double separate = 1 / MultipleScattering(tungsten, 0.04).transport_path(electron, 1) +
                          1 / MultipleScattering(silicon, 0.04).transport_path(electron, 1);
  EXPECT_NEAR(2 / MultipleScattering(half, 0.04).transport_path(electron, 1), separate,
              1e-3 * separate);
}

TEST(MultipleScattering, TurnsInAllDirectionsByTheSameAngle) {
  const MultipleScattering scattering(silicon, 0.04);
  const double transport = scattering.transport_path(electron, 10);
  const ScatteringStep step = {electron, 10, 10, 0.5, 0.499, transport, transport};
  for (const Vector3& axis : {Vector3{0, 0, 1}, Vector3{0, 0, -1}, Vector3{1, 0, 0},
                              Vector3{0.48, -0.64, 0.6}, normalized({1e-9, 1e-9, -1})}) {
    RandomStream random(3, 1);
    ScatteringState state;
    double mean = 0;
    Vector3 sum;
    constexpr int count = 20000;
    for (int i = 0; i < count; ++i) {
      const Deflection deflection = scattering.sample(step, state, axis, random);
      ASSERT_NEAR(dot(deflection.direction, deflection.direction), 1, 1e-12);
      ASSERT_NEAR(dot(deflection.displacement, axis), 0, 1e-12);
      mean += 1 - dot(deflection.direction, axis);
      sum = sum + deflection.direction;
    }
    const double expected = 0.5 / transport * count;
    EXPECT_NEAR(mean, expected, 0.04 * expected);
    // The r.m.s. of a component across is √(τ / count).
    const Vector3 across = sum - dot(sum, axis) * axis;
    EXPECT_LT(std::sqrt(dot(across, across) / count), 4 * std::sqrt(0.5 / transport)) << axis.x;
  }
}

/// Small-angle theory (B. Rossi and K. Greisen, Rev. Mod. Phys. 13 (1941) 240): y and θ_y of a
/// projection are Gaussian, of <y²> = θ₀² t²/3 and the correlation √3/2; in space <r²> = ⅔ θ₀² t².
/// The model keeps the means <r> and <ψ> of the azimuth between r and θ, not the higher moments.
TEST(MultipleScattering, DisplacesAsSmallAngleTheorySays) {
  const MultipleScattering scattering(silicon, 0.04);
  const double path = 0.3;
  const double transport = scattering.transport_path(electron, 20);
  // So that z fits the angle: θ₀² = τ.
  const PathConversion conversion(20, 1e9, path, transport, transport);
  const ScatteringStep step = {electron,  20,       20, path, conversion.geometrical(path),
                               transport, transport};
  RandomStream random(3, 2);
  ScatteringState state;
  const double theta0 = std::sqrt(path / transport);
  double radius = 0;
  double psi = 0;
  constexpr int count = 100000;
  for (int i = 0; i < count; ++i) {
    const Deflection d = scattering.sample(step, state, {0, 0, 1}, random);
    const double r = std::hypot(d.displacement.x, d.displacement.y);
    radius += r;
    psi +=
        std::acos(std::clamp((d.displacement.x * d.direction.x + d.displacement.y * d.direction.y) /
                                 (r * std::hypot(d.direction.x, d.direction.y)),
                             -1.0, 1.0));
  }
  const double theory_radius = std::sqrt(pi / 4 * 2 / 3) * theta0 * path;
  EXPECT_NEAR(radius / count, theory_radius, 0.02 * theory_radius);
  // Mean azimuth between two vectors of two components each with the correlation √3/2.
  double theory_psi = 0;
  for (int i = 0; i < count; ++i) {
    const double u[4] = {random.normal(), random.normal(), random.normal(), random.normal()};
    const double c = std::sqrt(3.0) / 2;
    const double x = c * u[0] + u[2] / 2;
    const double y = c * u[1] + u[3] / 2;
    theory_psi += std::acos((u[0] * x + u[1] * y) / (std::hypot(u[0], u[1]) * std::hypot(x, y)));
  }
  EXPECT_NEAR(psi / count, theory_psi / count, 0.15);
}

TEST(MultipleScattering, DisplacesNothingThatNeedNot) {
  const MultipleScattering scattering(silicon, 0.04);
  RandomStream random(3, 3);
  ScatteringState state;
  state.displaced = false;
  const Deflection d =
      scattering.sample({electron, 1, 0.9, 0.1, 0.09, 1.5, 1.3}, state, {0, 0, 1}, random);
  EXPECT_EQ(d.displacement, Vector3{});
  EXPECT_NE(d.direction, (Vector3{0, 0, 1}));
}

/// A half-space in which electrons lose energy continuously by Berger and Seltzer's formula (Geant4
/// Physics Reference Manual, "Ionisation"; no density effect: below 0.2 MeV).
class HalfSpace {
 public:
  explicit HalfSpace(const Medium& medium) : medium_(medium), scattering_(medium, 0.04) {
    double range = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double energy = energy_at(i);
      if (i > 0) range += (energy - energy_at(i - 1)) / loss(0.5 * (energy + energy_at(i - 1)));
      if (i == 0) range = energy / loss(energy);
      ranges_.push_back(range);
      transports_.push_back(scattering_.transport_path(electron, energy));
    }
  }

  /// Part of the electrons of an energy, at right angles on the surface z = 0, that come back.
  double backscatter(double energy, int electrons) const {
    int back = 0;
    for (int i = 0; i < electrons; ++i) {
      RandomStream random(5, static_cast<std::uint64_t>(i));
      back += comes_back(energy, random);
    }
    return static_cast<double>(back) / electrons;
  }

 private:
  static constexpr std::size_t count = 600;
  static double energy_at(std::size_t i) { return 1e-3 * std::exp(0.01 * static_cast<double>(i)); }

  double loss(double energy) const {
    const double t = energy / electron_mass;
    const double gamma = t + 1;
    const double beta2 = t * (t + 2) / (gamma * gamma);
    const double i = medium_.mean_excitation / electron_mass;
    const double f = 1 - beta2 + (t * t / 8 - (2 * t + 1) * std::log(2.0)) / (gamma * gamma);
    return two_pi_r2_mass * medium_.electron_density / beta2 *
           (std::log(t * t * (t + 2) / (2 * i * i)) + f);
  }

  /// By the logarithm of the energy.
  double look_up(const std::vector<double>& values, double energy) const {
    const double place = std::clamp(std::log(energy / 1e-3) / 0.01, 0.0, count - 1.001);
    const auto i = static_cast<std::size_t>(place);
    return std::lerp(values[i], values[i + 1], place - static_cast<double>(i));
  }

  double energy_of(double range) const {
    const auto above = std::upper_bound(ranges_.begin(), ranges_.end(), range);
    if (above == ranges_.begin()) return 1e-3 * range / ranges_.front();
    const auto i = static_cast<std::size_t>(above - ranges_.begin());
    return std::lerp(energy_at(i - 1), energy_at(std::min(i, count - 1)),
                     (range - ranges_[i - 1]) / (ranges_[std::min(i, count - 1)] - ranges_[i - 1]));
  }

  bool comes_back(double energy, RandomStream& random) const {
    double z = 0;
    Vector3 direction = {0, 0, 1};
    ScatteringState state;
    bool at_boundary = true;
    while (energy > 1e-3) {
      const double range = look_up(ranges_, energy);
      const double transport = look_up(transports_, energy);
      const double longest = 0.2 * range;  // the step function's limit
      double path = scattering_.step_limit(
          state, {electron, at_boundary, energy, range, transport, z}, longest, random);
      const double after = look_up(transports_, energy_of(range - path));
      const PathConversion conversion(energy, range, path, transport, after);
      double advance = conversion.geometrical(path);
      if (direction.z < 0 && z + advance * direction.z <= 0) return true;
      const double energy_after = energy_of(range - path);
      const Deflection deflection =
          scattering_.sample({electron, energy, energy_after, path, advance, transport, after},
                             state, direction, random);
      z += advance * direction.z;
      z += std::max(deflection.displacement.z, -0.99 * z);
      direction = deflection.direction;
      energy = energy_after;
      at_boundary = false;
    }
    return false;
  }

  Medium medium_;
  MultipleScattering scattering_;
  std::vector<double> ranges_;
  std::vector<double> transports_;
};

/// Measured backscatter of 100 keV electrons at normal incidence: about 0.5 from tungsten and gold,
/// 0.13 … 0.15 from silicon and aluminium (collected by T. Tabata, R. Ito and S. Okabe, Nucl.
/// Instrum. Methods 94 (1971) 509; H. Drescher, L. Reimer and H. Seidel, Z. angew. Phys. 29 (1970)
/// 331). Without energy-loss straggling and knock-on electrons, so to a fifth only.
TEST(MultipleScattering, SendsElectronsBackAsMeasured) {
  EXPECT_NEAR(HalfSpace(tungsten).backscatter(0.1, 4000), 0.49, 0.06);
  EXPECT_NEAR(HalfSpace(silicon).backscatter(0.1, 4000), 0.14, 0.04);
}

}  // namespace
}  // namespace showergan::montecarlo
