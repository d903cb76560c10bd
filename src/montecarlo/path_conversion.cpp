#include "montecarlo/path_conversion.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double short_fraction = 0.05;  // of the range, below which λ is taken as constant

}  // namespace

bool PathConversion::needs_end(double energy, double range, double path) {
  return path >= short_fraction * range && path < range && energy >= electron_mass;
}

PathConversion::PathConversion(double energy, double range, double path, double transport,
                               double transport_after)
    : transport_(transport), longest_(path) {
  if (path < short_fraction * range) return;
  if (needs_end(energy, range, path)) {
    // At 10 MeV the cross-section has a step, where λ can rise.
    alpha_ = std::max(0.0, (transport - transport_after) / (transport * path));
  } else {
    alpha_ = 1 / range;
  }
}

double PathConversion::geometrical(double path) const {
  const double tau = path / transport_;
  if (alpha_ == 0) {
    if (tau < 1e-4) return path * (1 - tau / 2);
    return -transport_ * std::expm1(-tau);
  }
  const double power = 1 + 1 / (alpha_ * transport_);
  const double gone = alpha_ * path;
  if (gone >= 1) return 1 / (alpha_ * power);
  return std::min(-std::expm1(power * std::log1p(-gone)) / (alpha_ * power), path);
}

double PathConversion::true_path(double advance) const {
  double path = longest_;
  if (alpha_ == 0) {
    if (advance < transport_) path = -transport_ * std::log1p(-advance / transport_);
  } else {
    const double power = 1 + 1 / (alpha_ * transport_);
    const double gone = alpha_ * power * advance;
    if (gone < 1) path = -std::expm1(std::log1p(-gone) / power) / alpha_;
  }
  return std::clamp(path, std::min(advance, longest_), longest_);
}

}  // namespace showergan::montecarlo
