#include "layers/layer_regressors.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/contract.hpp"
#include "flow/layer_regressors.hpp"

namespace showergan::layers {
namespace {

/// ln(1 + e^x), without overflow.
double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

double bounded(double residual) {
  return std::clamp(residual, -flow::kMostResidual, flow::kMostResidual);
}

/// Puts regressors one after the other.
class Row {
 public:
  explicit Row(std::span<double> values) : values_(values) {}
  ~Row() { SHOWERGAN_EXPECT(next_ == values_.size()); }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  void add(std::initializer_list<double> terms) {
    for (const double term : terms) values_[next_++] = term;
  }
  void add(std::span<const float> features) {
    for (const float feature : features) values_[next_++] = static_cast<double>(feature);
  }

 private:
  std::span<double> values_;
  std::size_t next_ = 0;
};

}  // namespace

LayerRegressors::LayerRegressors(const flow::LayerFlow& flow)
    : flow_(flow),
      condition_features_(flow.features()),
      features_(static_cast<std::size_t>(condition_features_.count())),
      layers_(static_cast<std::size_t>(flow.geometry.layers())),
      energy_(static_cast<std::size_t>(flow.energy_place())),
      energies_(static_cast<std::size_t>(flow::LayerGeometry::energies())),
      centres_(static_cast<std::size_t>(flow.geometry.centres())),
      widths_(static_cast<std::size_t>(flow.geometry.widths())) {}

void LayerRegressors::fill_inputs(std::span<const float> code, std::span<const float> conditions,
                                  std::span<float> inputs) const {
  SHOWERGAN_EXPECT(inputs.size() == this->inputs());
  condition_features_.fill(conditions, inputs.first(features_));
  const auto at = [&](std::size_t place) { return static_cast<double>(code[energies_ + place]); };
  double rest = at(0) + std::log(static_cast<double>(conditions[energy_]));
  for (std::size_t l = 0; l < layers_; ++l) {
    const bool last = l + 1 == layers_;
    const double part = last ? 0 : -softplus(-at(1 + l));
    inputs[features_ + l] = static_cast<float>(rest + part - std::log(flow_.geometry.weights[l]));
    if (!last) rest -= softplus(at(1 + l));
  }
}

std::size_t LayerRegressors::count(std::size_t number) const {
  if (number < energies_) return features_;
  if (number < centres_) return features_ + flow::kEnergyRegressors;
  if (number < widths_) return features_ + flow::kCentreRegressors;
  return features_;
}

void LayerRegressors::fill(std::size_t number, const RegressedSample& sample,
                           std::span<double> regressors) const {
  Row row(regressors);
  row.add(sample.inputs.first(features_));
  if (number < energies_ || number >= widths_) return;
  const double d = bounded(sample.residuals[0]);
  const double s = bounded(sample.residuals[1]);
  const auto e = static_cast<double>(sample.inputs[energy_]);
  if (number < centres_) {
    row.add({d, s, d * d, d * s, s * s, d * d * d, d * e, s * e, d * d * e});
    return;
  }
  const std::size_t axis = (number - centres_) / layers_;
  const std::size_t layer = (number - centres_) % layers_;
  const double least = std::log(flow_.geometry.threshold);
  const double held = static_cast<double>(sample.inputs[features_ + layer]);
  const double x = (std::max(held, least) - least) / 5 - 2;
  const double t = bounded(sample.residuals[2 + axis]);
  row.add({x, x * x, t, t * x, t * t, t * t * t});
}

}  // namespace showergan::layers
