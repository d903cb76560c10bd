#include "montecarlo/scattering_step_limit.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/mean_atomic_number.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double safety_factor = 0.6;
constexpr double long_transport = 1;  // mm, from which λ₁ relaxes the limit
constexpr double atomic = 1e-8;       // mm; a step below it is none for multiple scattering
constexpr double slow = 5e-3;         // MeV, below which shorter steps are allowed

}  // namespace

ScatteringStepLimit::ScatteringStepLimit(const Medium& medium, double range_factor)
    : range_factor_(range_factor) {
  const double z = mean_atomic_number(medium);
  reach_of_range_ = 0.9628 - 0.084848 * std::sqrt(z) + 0.0043769 * z;
  elastic_linear_ = 1e3 * 27.725 / (1 + 0.203 * z);
  elastic_quadratic_ = 1e3 * 6.152 / (1 + 0.111 * z);
  electron_factor_ = 0.87 * std::cbrt(z * z);
  positron_factor_ = 0.70 * std::sqrt(z);
}

double ScatteringStepLimit::shortest(const StepStart& start) const {
  const double transport_per_elastic =
      2 + start.energy * (elastic_linear_ + elastic_quadratic_ * start.energy);
  double length = start.transport / transport_per_elastic *
                  (start.kind == ParticleKind::positron ? positron_factor_ : electron_factor_);
  if (start.energy < slow) length *= 0.5 * (1 + start.energy / slow);
  return std::max(length, atomic);
}

void ScatteringStepLimit::enter(ScatteringState& state, const StepStart& start) const {
  state.entered = true;
  double factor = range_factor_;
  if (start.transport > long_transport) factor *= 0.75 + 0.25 * start.transport / long_transport;
  state.by_range = factor * std::max(start.range, start.transport);
  state.shortest = shortest(start);
}

double ScatteringStepLimit::limit(ScatteringState& state, const StepStart& start, double path,
                                  RandomStream& random) const {
  path = std::min(path, start.range);
  if (start.at_boundary) state.entered = false;
  state.displaced = path >= atomic && reach_of_range_ * start.range >= start.safety;
  if (!state.displaced) return path;
  if (!state.entered) enter(state, start);
  const double wanted = start.range > start.safety
                            ? std::max(state.by_range, safety_factor * start.safety)
                            : start.range;
  if (wanted >= path || state.shortest >= path) return path;
  if (wanted <= state.shortest) return state.shortest;
  const double smeared = wanted + 0.1 * (wanted - state.shortest) * random.normal();
  return std::clamp(smeared, state.shortest, path);
}

}  // namespace showergan::montecarlo
