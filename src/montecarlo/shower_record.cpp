#include "montecarlo/shower_record.hpp"

#include <algorithm>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {

void ShowerRecord::start(const ShowerAxis& axis) {
  axis_ = axis;
  std::ranges::fill(image_, 0.0);
  deposited_ = 0;
  escaped_ = 0;
}

void ShowerRecord::escape(const Particle& particle) {
  escaped_ += particle.energy;
  if (particle.kind == ParticleKind::positron) escaped_ += 2 * electron_mass;
}

}  // namespace showergan::montecarlo
