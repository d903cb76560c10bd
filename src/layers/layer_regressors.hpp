#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "flow/layer_flow.hpp"
#include "layers/standardisation.hpp"

namespace showergan::layers {

/// What mean and ln spread of each number of a LayerCode are linear in: flow/layer_regressors.hpp,
/// of showers that are known. A sample's inputs are the features of its condition and ln E_l in GeV
/// of each layer.
class LayerRegressors : public Regressors {
 public:
  explicit LayerRegressors(const flow::LayerFlow& flow);

  std::size_t inputs() const noexcept { return features_ + layers_; }
  /// The inputs of one sample: a code and the model's conditions.
  void fill_inputs(std::span<const float> code, std::span<const float> conditions,
                   std::span<float> inputs) const;

  std::size_t count(std::size_t number) const override;
  void fill(std::size_t number, const RegressedSample& sample,
            std::span<double> regressors) const override;

 private:
  flow::LayerFlow flow_;
  flow::ConditionFeatures condition_features_;
  std::size_t features_;
  std::size_t layers_;
  std::size_t energy_;  ///< place of the energy among conditions, and of e among features
  std::size_t energies_;
  std::size_t centres_;
  std::size_t widths_;
};

}  // namespace showergan::layers
