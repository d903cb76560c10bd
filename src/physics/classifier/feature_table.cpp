#include "physics/classifier/feature_table.hpp"

#include <cmath>

#include "base/contract.hpp"
#include "physics/high_level_features.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {

FeatureTable classifier_features(const Sample& sample) {
  const FeatureMatrix features = high_level_features(sample);
  const std::vector<double> energy = sample.energy();
  FeatureTable table;
  table.width = features.columns() + 1;
  table.values.reserve(features.rows() * table.width);
  for (std::size_t i = 0; i < features.rows(); ++i) {
    for (const double value : features.row(i)) table.values.push_back(static_cast<float>(value));
    table.values.push_back(static_cast<float>(std::log10(energy[i])));
  }
  return table;
}

FeatureScale scale_of(const FeatureTable& table) {
  FeatureScale scale;
  for (std::size_t feature = 0; feature < table.width; ++feature) {
    std::vector<double> column;
    for (std::int64_t i = 0; i < table.size(); ++i) {
      column.push_back(static_cast<double>(table.row(i)[feature]));
    }
    const double centre = mean(column);
    const double deviation = standard_deviation(column);
    scale.centre.push_back(centre);
    // Rounding makes numbers that are all the same vary, but only in their last bits.
    scale.deviation.push_back(deviation > 1e-6 * std::abs(centre) ? deviation : 1);
  }
  return scale;
}

void FeatureScale::apply(FeatureTable& table) const {
  SHOWERGAN_EXPECT(table.width == centre.size());
  for (std::size_t feature = 0; feature < table.width; ++feature) {
    const double factor = 1 / deviation[feature];
    for (std::size_t at = feature; at < table.values.size(); at += table.width) {
      float& value = table.values[at];
      value = static_cast<float>((static_cast<double>(value) - centre[feature]) * factor);
    }
  }
}

void standardise(FeatureTable& reference, FeatureTable& candidate) {
  const FeatureScale scale = scale_of(reference);
  scale.apply(reference);
  scale.apply(candidate);
}

}  // namespace showergan::physics
