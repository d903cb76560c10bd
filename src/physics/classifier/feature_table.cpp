#include "physics/classifier/feature_table.hpp"

#include <algorithm>
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

void standardise(FeatureTable& reference, FeatureTable& candidate) {
  SHOWERGAN_EXPECT(reference.width == candidate.width);
  for (std::size_t feature = 0; feature < reference.width; ++feature) {
    std::vector<double> column;
    for (std::int64_t i = 0; i < reference.size(); ++i) {
      column.push_back(static_cast<double>(reference.row(i)[feature]));
    }
    const double centre = mean(column);
    // Rounding makes numbers that are all the same vary, but only in their last bits.
    const double deviation = standard_deviation(column);
    const double scale = deviation > 1e-6 * std::abs(centre) ? 1 / deviation : 1;
    for (FeatureTable* table : {&reference, &candidate}) {
      for (std::size_t at = feature; at < table->values.size(); at += table->width) {
        float& value = table->values[at];
        value = static_cast<float>((static_cast<double>(value) - centre) * scale);
      }
    }
  }
}

}  // namespace showergan::physics
