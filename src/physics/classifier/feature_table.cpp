#include "physics/classifier/feature_table.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

void append(std::vector<float>& values, std::span<const float> more, double scale) {
  for (const float value : more) {
    values.push_back(static_cast<float>(static_cast<double>(value) * scale));
  }
}

}  // namespace

FeatureTable classifier_features(const Sample& sample) {
  const ShowerSet& set = sample.set();
  FeatureTable table;
  table.width = 5 * set.width(Profile::slice_z) + 2;
  table.values.reserve(static_cast<std::size_t>(sample.size()) * table.width);
  for (const std::int64_t row : sample.rows()) {
    const double energy = set.energy()[static_cast<std::size_t>(row)];
    append(table.values, set.profile(Profile::slice_z, row), 1 / energy);
    for (const Profile profile : {Profile::layer_centre_x, Profile::layer_centre_y,
                                  Profile::layer_width_x, Profile::layer_width_y}) {
      append(table.values, set.profile(profile, row), 1);
    }
    const auto fraction = set.column(Observable::sampling_fraction)[static_cast<std::size_t>(row)];
    table.values.push_back(static_cast<float>(fraction));
    table.values.push_back(static_cast<float>(std::log10(energy)));
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
