#include "physics/calochallenge/protocol_features.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace showergan::physics {
namespace {

/// So that the logarithm of an empty layer is a number.
double logarithm(double energy) {
  constexpr double kLeast = 1e-8;  // MeV
  return std::log10(energy + kLeast);
}

double feature(LayerQuantity quantity, double value) {
  constexpr double kUnit = 100;  // mm
  if (quantity == LayerQuantity::energy) return logarithm(value);
  return quantity == LayerQuantity::sparsity ? value : value / kUnit;
}

std::vector<double> features_of(const VoxelSet& set, std::int64_t row) {
  const auto index = static_cast<std::size_t>(row);
  std::vector<double> features = {std::log10(set.energy()[index])};
  for (const LayerQuantity quantity : kAllLayerQuantities) {
    if (quantity == LayerQuantity::sparsity) features.push_back(logarithm(set.total()[index]));
    const auto values = set.quantity(quantity, row);
    for (std::size_t layer = 0; layer < values.size(); ++layer) {
      if (!is_measured(quantity, set.layers()[layer])) continue;
      features.push_back(feature(quantity, static_cast<double>(values[layer])));
    }
  }
  return features;
}

std::size_t number_of_features(const VoxelSet& set) {
  std::size_t number = 2;
  for (const LayerQuantity quantity : kAllLayerQuantities) {
    for (const VoxelLayer& layer : set.layers()) number += is_measured(quantity, layer) ? 1 : 0;
  }
  return number;
}

}  // namespace

FeatureMatrix protocol_features(const VoxelSet& set, std::span<const std::int64_t> rows) {
  FeatureMatrix features(rows.size(), number_of_features(set));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(features_of(set, rows[i]), features.row(i).begin());
  }
  return features;
}

}  // namespace showergan::physics
