#include "physics/metric/halved_features.hpp"

#include <algorithm>
#include <utility>

#include "physics/high_level_features.hpp"
#include "physics/metric/resampling.hpp"

namespace showergan::physics {
namespace {

constexpr std::uint64_t kGroupSeed = 4;

HalvedFeatures features_of(const Halves& of, std::int64_t most) {
  const auto features = [most](const Sample& half) {
    return high_level_features(thin(half, most));
  };
  return {{features(of.reference_1), features(of.reference_2), features(of.candidate_1),
           features(of.candidate_2)},
          of.paired};
}

HalvedFeatures divided_all(HalvedFeatures features, std::span<const double> scale) {
  for (FeatureMatrix& half : features.halves) half = divided(std::move(half), scale);
  return features;
}

}  // namespace

HalvedFeatures normalised(HalvedFeatures features) {
  std::vector<double> scale = largest_values(features[HalfName::reference_1]);
  const std::vector<double> second = largest_values(features[HalfName::reference_2]);
  for (std::size_t k = 0; k < scale.size(); ++k) scale[k] = std::max(scale[k], second[k]);
  return divided_all(std::move(features), scale);
}

HalvedFeatures normalised_features(const Halves& halves, std::int64_t most) {
  return normalised(features_of(halves, most));
}

HalvedFeatures standardised_features(const Halves& halves, std::int64_t most) {
  const FeatureMatrix reference = high_level_features(thin(halves.reference, 2 * most));
  return divided_all(features_of(halves, most), standard_deviations(reference));
}

std::vector<std::size_t> random_groups(HalfName half, std::size_t rows, bool paired) {
  std::vector<std::size_t> groups(rows);
  const auto order = draw_without_replacement(kGroupSeed, stream_of(half, 0, paired), rows, rows);
  for (std::size_t place = 0; place < rows; ++place) groups[order[place]] = place % kGroups;
  return groups;
}

std::vector<std::size_t> half_of_groups(HalfName half, std::uint64_t resampling, bool paired) {
  return draw_without_replacement(kResamplingSeed, stream_of(half, resampling, paired), kGroups,
                                  kGroups / 2);
}

}  // namespace showergan::physics
