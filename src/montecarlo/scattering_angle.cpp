#include "montecarlo/scattering_angle.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/mean_atomic_number.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double isotropic_tau = 8;
constexpr double negligible_tau = 1e-16;
constexpr double widest = pi / 6;         // of which the core is a Gaussian
constexpr double longest_small_step = 1;  // mm
constexpr double fast = 100;              // MeV

/// βcp, MeV.
double beta_momentum(double energy) {
  return energy * (energy + 2 * electron_mass) / (energy + electron_mass);
}

/// ∫ dt/λ with λ linear in between.
double optical_path(const ScatteringStep& step) {
  const double before = step.transport_before;
  const double after = step.transport_after;
  if (std::abs(after - before) <= 0.01 * before) return step.path / before;
  return step.path * std::log(before / after) / (before - after);
}

/// 1 − exp(−τ), which costs less for short steps.
double mean_decrease(double tau) {
  if (tau < 0.01) return tau * (1 - tau / 2 * (1 - tau / 3));
  return -std::expm1(-tau);
}

/// w of the function for large angles: (1 + cos θ)^a with probability P, else uniform, of
/// <cos θ> = exp(−τ) and <cos² θ> = [1 + 2 exp(−2.5 τ)] / 3.
double sample_wide(double tau, RandomStream& random) {
  const double mean_w = mean_decrease(tau);
  const double mean = 1 - mean_w;
  const double lack_of_square = -2 * std::expm1(-2.5 * tau) / 3;  // 1 − <cos² θ>
  const double power = (8 - 2 * mean_w - 9 * lack_of_square) / (3 * lack_of_square - 2 * mean_w);
  const double u = random.uniform();
  if (random.uniform() < (power + 2) * mean / power) {
    return -2 * std::expm1(std::log(u) / (power + 1));
  }
  return 2 * u;
}

double mean_square_radius(const Medium& medium) {
  double weights = 0;
  double sum = 0;
  for (const MediumElement& element : medium.elements) {
    const double radius = 1.27e-12 * std::pow(element.mass, 0.27);  // mm
    const double weight = element.density * element.z * element.z;
    weights += weight;
    sum += weight * radius * radius;
  }
  return sum / weights;
}

}  // namespace

/// g₁ and g₂ for a width.
struct ScatteringAngle::Shape {
  double x;          // of the core
  double xi;         // where it ends, in x
  double tail_end;   // (ξx/2)^(ξ−1)
  double core_end;   // exp(−ξ)
  double core_part;  // p
  double core_mean;  // <w> of g₁
  double mean;       // <w> of both
};

ScatteringAngle::ScatteringAngle(const Medium& medium)
    : radiation_length_(medium.radiation_length),
      form_radius2_(mean_square_radius(medium) / (6 * h_bar_c * h_bar_c)) {
  const double z = mean_atomic_number(medium);
  const double z16 = std::pow(z, 1.0 / 6);
  const double z13 = z16 * z16;
  const double by_z = 0.990395 + z16 * (-0.168386 + z16 * 0.093286);
  width_constant_ = by_z * (1 - 0.08778 / z);
  width_slope_ = by_z * (0.04078 + 1.7315e-4 * z);
  tail_constant_ = 2.3785 + z13 * (-0.41981 + z13 * 0.0631);
  tail_linear_ = 0.47526 + z13 * (1.7694 - z13 * 0.33885);
  tail_quadratic_ = 0.23683 + z13 * (-1.8111 + z13 * 0.32774);
  tail_logarithmic_ = 0.017888 + z13 * (0.019659 - z13 * 0.0026664);
  positron_slow_ = 0.994 - 4.08e-3 * z;
  positron_rate_ = 7.16 + (52.6 + 365 / z) / z;
  positron_fast_ = 1 - 4.47e-3 * z;
  positron_rise_ = 1.21e-3 * z;
  positron_scale_ = 1.41125 + z * (-1.86427e-2 + z * 1.84035e-4);
}

double ScatteringAngle::positron_factor(double energy) const {
  constexpr double slow_limit = 0.6;
  constexpr double fast_limit = 0.9;
  const auto slow = [this](double beta) {
    return positron_slow_ * (1 - std::exp(-positron_rate_ * beta));
  };
  const auto rapid = [this](double beta) {
    return positron_fast_ + positron_rise_ * std::exp(113 * (beta - 1));
  };
  const double t = energy / electron_mass;
  const double beta = std::sqrt(t * (t + 2)) / (t + 1);
  if (beta < slow_limit) return positron_scale_ * slow(beta);
  if (beta > fast_limit) return positron_scale_ * rapid(beta);
  const double way = (beta - slow_limit) / (fast_limit - slow_limit);
  return positron_scale_ * ((1 - way) * slow(slow_limit) + way * rapid(fast_limit));
}

double ScatteringAngle::width(ParticleKind kind, double energy_before, double energy_after,
                              double path) const {
  return width(kind, energy_before, energy_after, path, std::log(path / radiation_length_));
}

double ScatteringAngle::width(ParticleKind kind, double energy_before, double energy_after,
                              double path, double log_y) const {
  double y = path / radiation_length_;
  if (kind == ParticleKind::positron) {
    const double factor = positron_factor(std::sqrt(energy_before * energy_after));
    y *= factor;
    log_y += std::log(factor);
  }
  const double momenta = beta_momentum(energy_before) * beta_momentum(energy_after);
  return 13.6 * std::sqrt(y / momenta) * std::max(0.0, width_constant_ + width_slope_ * log_y);
}

ScatteringAngle::Shape ScatteringAngle::shape(double x, double tail, double decrease) const {
  Shape shape{};
  shape.x = x;
  // The tail is not to be too big; at 2 its mean is 0/0.
  shape.xi = std::max(1.9, tail);
  if (std::abs(shape.xi - 2) < 1e-3) shape.xi = 2.001;
  const double xi = shape.xi;
  shape.core_end = std::exp(-xi);
  const double core = 1 - shape.core_end;
  shape.core_mean = x * (1 - (1 + xi) * shape.core_end) / core;
  // Not needed where the core alone is too wide (sample()).
  if (1 - shape.core_mean <= 0.999 * (1 - decrease)) return shape;
  const double start = xi * x;
  shape.tail_end = std::exp((xi - 1) * std::log(0.5 * start));
  const double tail_density = (xi - 1) / (xi * (1 - shape.tail_end));
  shape.core_part = tail_density / (shape.core_end / core + tail_density);
  const double tail_mean =
      (xi - 1) / (xi - 2) * (start - 2 * shape.tail_end) / (1 - shape.tail_end);
  shape.mean = shape.core_part * shape.core_mean + (1 - shape.core_part) * tail_mean;
  return shape;
}

double ScatteringAngle::sample_tail(const Shape& shape, double energy,
                                    RandomStream& random) const {
  const double u = shape.tail_end + (1 - shape.tail_end) * random.uniform();
  const double w = shape.xi * shape.x * std::exp(-std::log(u) / (shape.xi - 1));
  if (energy <= fast) return w;
  // Momentum transfer² = 2 p² w.
  const double root = 1 / (1 + w * energy * (energy + 2 * electron_mass) * form_radius2_);
  const double factor = root * root * root * root;
  if (random.uniform() < factor) return w;
  return -shape.x * std::log(shape.core_end + (1 - shape.core_end) * random.uniform());
}

double ScatteringAngle::sample(const ScatteringStep& step, double shortest,
                               RandomStream& random) const {
  const double tau = optical_path(step);
  if (tau < negligible_tau) return 0;
  if (tau >= isotropic_tau) return 2 * random.uniform();
  if (step.energy_after < 0.5 * step.energy_before) return sample_wide(tau, random);

  const double small = std::min(shortest, longest_small_step);
  const double path = std::max(step.path, small);
  const double log_y = std::log(path / radiation_length_);
  double theta0 = width(step.kind, step.energy_before, step.energy_after, path, log_y);
  if (step.path < path) theta0 *= std::sqrt(step.path / path);
  if (theta0 > widest) return sample_wide(tau, random);
  if (theta0 == 0) return 0;

  const double theta2 = theta0 * theta0;
  const double x = theta2 * (1 - theta2 / 12 * (1 - theta2 / 30));  // 4 sin²(θ₀/2)
  const double log_tau = std::log(step.path < path ? path / step.transport_before : tau);
  const double u = std::exp(log_tau / 6);
  const double tail = tail_constant_ + u * (tail_linear_ + u * tail_quadratic_) +
                      tail_logarithmic_ * (log_y - log_tau);
  const double decrease = mean_decrease(tau);
  const Shape shape = this->shape(x, tail, decrease);
  if (1 - shape.core_mean <= 0.999 * (1 - decrease)) return sample_wide(tau, random);

  const bool rapid = step.energy_before > fast;
  if (!rapid && random.uniform() * (1 - shape.mean) >= 1 - decrease) return 2 * random.uniform();
  if (random.uniform() >= shape.core_part) {
    return sample_tail(shape, step.energy_before, random);
  }
  return -x * std::log(shape.core_end + (1 - shape.core_end) * random.uniform());
}

}  // namespace showergan::montecarlo
