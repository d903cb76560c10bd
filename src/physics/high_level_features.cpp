#include "physics/high_level_features.hpp"

namespace showergan::physics {
namespace {

constexpr Profile kShapes[] = {Profile::layer_centre_x, Profile::layer_centre_y,
                               Profile::layer_width_x, Profile::layer_width_y};

}  // namespace

FeatureMatrix high_level_features(const Sample& sample) {
  const ShowerSet& set = sample.set();
  const std::size_t layers = set.width(Profile::slice_z);
  FeatureMatrix features(sample.rows().size(), 5 * layers + 1);
  for (std::size_t i = 0; i < features.rows(); ++i) {
    const std::int64_t shower = sample.rows()[i];
    const auto index = static_cast<std::size_t>(shower);
    auto to = features.row(i).begin();
    for (const float energy : set.profile(Profile::slice_z, shower)) {
      *to++ = energy / set.energy()[index];
    }
    for (const Profile profile : kShapes) {
      for (const float value : set.profile(profile, shower)) *to++ = value;
    }
    *to = set.column(Observable::sampling_fraction)[index];
  }
  return features;
}

}  // namespace showergan::physics
