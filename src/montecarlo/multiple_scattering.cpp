#include "montecarlo/multiple_scattering.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "montecarlo/azimuth.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/transport_cross_section.hpp"

namespace showergan::montecarlo {
namespace {

/// Equally probable differences of azimuth between angle and displacement; the second half are the
/// first, mirrored. In a table: the angle's own azimuth makes the sum continuous.
using Differences = std::array<Azimuth, 512>;

Differences make_differences() {
  constexpr double rate = 2.160;
  constexpr std::size_t half = 256;
  const double all = -std::expm1(-rate * pi);
  Differences differences;
  for (std::size_t i = 0; i < half; ++i) {
    const double quantile = (static_cast<double>(i) + 0.5) / half;
    const double psi = -std::log1p(-quantile * all) / rate;
    differences[i] = {std::cos(psi), std::sin(psi)};
    differences[half + i] = {std::cos(psi), -std::sin(psi)};
  }
  return differences;
}

const Differences azimuth_differences = make_differences();

/// Two directions across `axis` and each other (T. Duff et al., J. Comput. Graph. Tech. 6 (2017)
/// no. 1, 1: without a case for an axis along z, and without a root).
struct Across {
  Vector3 first;
  Vector3 second;

  explicit Across(const Vector3& axis) {
    const double sign = std::copysign(1.0, axis.z);
    const double a = -1 / (sign + axis.z);
    const double b = axis.x * axis.y * a;
    first = {1 + sign * axis.x * axis.x * a, sign * b, -sign * axis.x};
    second = {b, sign + axis.y * axis.y * a, -axis.y};
  }

  Vector3 at(double radius, const Azimuth& azimuth) const {
    return radius * azimuth.cosine * first + radius * azimuth.sine * second;
  }
};

/// Back to length 1 from nearly 1: one step of Newton's iteration for 1/√.
Vector3 renormalized(const Vector3& a) {
  return (1.5 - 0.5 * dot(a, a)) * a;
}

}  // namespace

MultipleScattering::MultipleScattering(const Medium& medium, double range_factor)
    : medium_(medium), angle_(medium), limit_(medium, range_factor) {}

double MultipleScattering::transport_path(ParticleKind kind, double energy) const {
  double inverse = 0;
  for (const MediumElement& element : medium_.elements) {
    inverse += element.density * transport_cross_section(kind, energy, element.z);
  }
  return 1 / inverse;
}

Deflection MultipleScattering::sample(const ScatteringStep& step, const ScatteringState& state,
                                      const Vector3& direction, RandomStream& random) const {
  const double w = angle_.sample(step, state.shortest, random);
  if (w <= 0) return {direction, {}};
  const Across across(direction);
  const Azimuth azimuth = random_azimuth(random);
  Deflection deflection;
  deflection.direction =
      renormalized((1 - w) * direction + across.at(std::sqrt(std::max(0.0, w * (2 - w))), azimuth));
  const double lag2 = (step.path - step.advance) * (step.path + step.advance);
  if (state.displaced && lag2 > 0) {
    const auto which = static_cast<std::size_t>(random.uniform() * azimuth_differences.size());
    deflection.displacement =
        across.at(0.73 * std::sqrt(lag2), azimuth + azimuth_differences[which]);
  }
  return deflection;
}

}  // namespace showergan::montecarlo
