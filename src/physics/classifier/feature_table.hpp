#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/sample.hpp"

namespace showergan::physics {

/// The same numbers of each of some showers.
struct FeatureTable {
  std::size_t width = 0;
  std::vector<float> values;  ///< (showers, width)

  std::int64_t size() const noexcept {
    return static_cast<std::int64_t>(width == 0 ? 0 : values.size() / width);
  }
  std::span<const float> row(std::int64_t i) const {
    return std::span(values).subspan(static_cast<std::size_t>(i) * width, width);
  }
};

/// What the classifier `auc_high` sees, in the order of the sample: high_level_features() and log10
/// of the primary's energy in GeV.
FeatureTable classifier_features(const Sample& sample);

/// A scale for each feature: its mean and standard deviation over some showers.
struct FeatureScale {
  std::vector<double> centre;
  std::vector<double> deviation;  ///< 1 of a feature that does not vary

  /// Takes the mean from each feature and divides by the standard deviation.
  void apply(FeatureTable& table) const;
};
FeatureScale scale_of(const FeatureTable& table);

/// Takes the mean over the reference from each feature of both tables and divides by its standard
/// deviation there; a feature that does not vary in the reference is not divided.
void standardise(FeatureTable& reference, FeatureTable& candidate);

}  // namespace showergan::physics
