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

/// ∫ dt/λ with λ linear in between: path ln(λ₀/λ₁) / (λ₀ − λ₁), the logarithm 2 artanh z.
double optical_path(const ScatteringStep& step) {
  const double sum = step.transport_before + step.transport_after;
  const double difference = step.transport_before - step.transport_after;
  const double z2 = (difference / sum) * (difference / sum);
  if (z2 > 0.04) {
    return step.path * std::log(step.transport_before / step.transport_after) / difference;
  }
  return 2 * step.path / sum * (1 + z2 * (1.0 / 3 + z2 * (1.0 / 5 + z2 * (1.0 / 7))));
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

/// Urban's factor on Highland's width, squared.
OctaveTable<> width_correction2(double z) {
  const double z16 = std::pow(z, 1.0 / 6);
  const double by_z = 0.990395 + z16 * (-0.168386 + z16 * 0.093286);
  const double constant = by_z * (1 - 0.08778 / z);
  const double slope = by_z * (0.04078 + 1.7315e-4 * z);
  return {1e-16, 1e4, [=](double y) {
            const double factor = std::max(0.0, constant + slope * std::log(y));
            return factor * factor;
          }};
}

/// Urban's factor on y for positrons, of the velocity: below 0.6 one function, above 0.9 another,
/// and a straight line from one to the other.
OctaveTable<> positron_correction(double z) {
  const auto slow = [z](double beta) {
    return (0.994 - 4.08e-3 * z) * (1 - std::exp(-(7.16 + (52.6 + 365 / z) / z) * beta));
  };
  const auto rapid = [z](double beta) {
    return 1 - 4.47e-3 * z + 1.21e-3 * z * std::exp(113 * (beta - 1));
  };
  const double scale = 1.41125 + z * (-1.86427e-2 + z * 1.84035e-4);
  return {1e-4, fast, [=](double energy) {
            const double t = energy / electron_mass;
            const double beta = std::sqrt(t * (t + 2)) / (t + 1);
            if (beta < 0.6) return scale * slow(beta);
            if (beta > 0.9) return scale * rapid(beta);
            return scale * std::lerp(slow(0.6), rapid(0.9), (beta - 0.6) / 0.3);
          }};
}

OctaveTable<> tail_of_tau(double z) {
  const double z13 = std::cbrt(z);
  const double constant = 2.3785 + z13 * (-0.41981 + z13 * 0.0631);
  const double linear = 0.47526 + z13 * (1.7694 - z13 * 0.33885);
  const double quadratic = 0.23683 + z13 * (-1.8111 + z13 * 0.32774);
  return {1e-16, isotropic_tau, [=](double tau) {
            const double u = std::pow(tau, 1.0 / 6);
            return constant + u * (linear + u * quadratic);
          }};
}

OctaveTable<> tail_of_transport(double z) {
  const double z13 = std::cbrt(z);
  const double slope = 0.017888 + z13 * (0.019659 - z13 * 0.0026664);
  return {1e-9, 1e15, [=](double ratio) { return slope * std::log(ratio); }};
}

}  // namespace

/// g₁ and g₂ for a width.
struct ScatteringAngle::Shape {
  double x;          // of the core
  double xi;         // where it ends, in x
  double core_end;   // exp(−ξ)
  double tail_end;   // (ξx/2)^(ξ−1)
  double core_part;  // p
  double core_mean;  // <w> of g₁
  double mean;       // <w> of both
};

ScatteringAngle::ScatteringAngle(const Medium& medium)
    : per_radiation_length_(1 / medium.radiation_length),
      form_radius2_(mean_square_radius(medium) / (6 * h_bar_c * h_bar_c)),
      width_correction2_(width_correction2(mean_atomic_number(medium))),
      positron_correction_(positron_correction(mean_atomic_number(medium))),
      tail_of_tau_(tail_of_tau(mean_atomic_number(medium))),
      tail_of_transport_(tail_of_transport(mean_atomic_number(medium))) {}

double ScatteringAngle::width(ParticleKind kind, double energy_before, double energy_after,
                              double path) const {
  return std::sqrt(square_width(kind, energy_before, energy_after, path * per_radiation_length_));
}

double ScatteringAngle::square_width(ParticleKind kind, double energy_before, double energy_after,
                                     double y) const {
  if (kind == ParticleKind::positron && energy_before <= fast) {
    y *= positron_correction_(std::sqrt(energy_before * energy_after));
  }
  constexpr double m = electron_mass;
  const double per_momenta =
      (energy_before + m) * (energy_after + m) /
      (energy_before * (energy_before + 2 * m) * energy_after * (energy_after + 2 * m));
  return 13.6 * 13.6 * y * per_momenta * width_correction2_(y);
}

ScatteringAngle::Shape ScatteringAngle::shape(double x, double xi) {
  Shape shape{};
  // The tail is not to be too big; at 2 its mean is 0/0.
  xi = std::max(1.9, xi);
  if (std::abs(xi - 2) < 1e-3) xi = 2.001;
  const double start = xi * x;
  const double power = xi - 1;
  shape.x = x;
  shape.xi = xi;
  shape.core_end = std::exp(-xi);
  shape.tail_end = std::exp(power * std::log(0.5 * start));
  const double core = 1 - shape.core_end;
  const double tail = 1 - shape.tail_end;
  shape.core_mean = x * (1 - (1 + xi) * shape.core_end) / core;
  shape.core_part = power * core / (xi * tail * shape.core_end + power * core);
  const double tail_mean = power * (start - 2 * shape.tail_end) / ((xi - 2) * tail);
  shape.mean = shape.core_part * shape.core_mean + (1 - shape.core_part) * tail_mean;
  return shape;
}

double ScatteringAngle::sample_core(const Shape& shape, RandomStream& random) const {
  return -shape.x * std::log(shape.core_end + (1 - shape.core_end) * random.uniform());
}

double ScatteringAngle::sample_tail(const Shape& shape, double energy, RandomStream& random) const {
  const double u = shape.tail_end + (1 - shape.tail_end) * random.uniform();
  const double w = shape.xi * shape.x * std::exp(-std::log(u) / (shape.xi - 1));
  if (energy <= fast) return w;
  // Momentum transfer² = 2 p² w.
  const double root = 1 / (1 + w * energy * (energy + 2 * electron_mass) * form_radius2_);
  const double form_factor = root * root * root * root;
  return random.uniform() < form_factor ? w : sample_core(shape, random);
}

double ScatteringAngle::sample(const ScatteringStep& step, double shortest,
                               RandomStream& random) const {
  const double tau = optical_path(step);
  if (tau < negligible_tau) return 0;
  if (tau >= isotropic_tau) return 2 * random.uniform();
  if (step.energy_after < 0.5 * step.energy_before) return sample_wide(tau, random);

  const double small = std::min(shortest, longest_small_step);
  const double path = std::max(step.path, small);
  const double part = step.path / path;
  const double theta2 = part * square_width(step.kind, step.energy_before, step.energy_after,
                                            path * per_radiation_length_);
  if (theta2 > widest * widest) return sample_wide(tau, random);
  if (theta2 <= 0) return 0;

  const double x = theta2 * (1 - theta2 / 12 * (1 - theta2 / 30));  // 4 sin²(θ₀/2)
  const double transport = step.path / tau * per_radiation_length_;
  const Shape shape = this->shape(x, tail_of_tau_(tau / part) + tail_of_transport_(transport));
  const double mean_cosine = 1 - mean_decrease(tau);
  if (1 - shape.core_mean <= 0.999 * mean_cosine) return sample_wide(tau, random);

  const bool rapid = step.energy_before > fast;
  if (!rapid && random.uniform() * (1 - shape.mean) >= mean_cosine) return 2 * random.uniform();
  if (random.uniform() < shape.core_part) return sample_core(shape, random);
  return sample_tail(shape, step.energy_before, random);
}

}  // namespace showergan::montecarlo
