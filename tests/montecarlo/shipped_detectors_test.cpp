// The detectors/*.toml that are shipped, as the Monte Carlo sees them.

#include <string>

#include <gtest/gtest.h>

#include "base/resources.hpp"
#include "montecarlo/medium.hpp"
#include "shower/detector.hpp"

namespace showergan::montecarlo {
namespace {

double depth_in_radiation_lengths(const Detector& detector) {
  double depth = 0;
  for (const Layer& layer : detector.layers) {
    for (const Slab& slab : layer.slabs) {
      depth += slab.thickness / make_medium(detector.materials.at(slab.material)).radiation_length;
    }
  }
  return depth;
}

TEST(ShippedDetectors, MaterialsHaveTheStatedRadiationLength) {
  for (const std::string& name : resource_names("detectors", {".toml"})) {
    int stated = 0;
    for (const auto& [material, description] : find_detector(name).materials) {
      if (description.radiation_length == 0) continue;
      ++stated;
      EXPECT_NEAR(make_medium(description).radiation_length, description.radiation_length,
                  0.02 * description.radiation_length)
          << name << ' ' << material;
    }
    EXPECT_GT(stated, 0) << name;
  }
}

/// As their publications say.
TEST(ShippedDetectors, AreAsDeepAsPublished) {
  EXPECT_NEAR(depth_in_radiation_lengths(find_detector("clic-ecal")), 21.1, 0.6)
      << "as 17 + 8 layers";
  EXPECT_NEAR(depth_in_radiation_lengths(find_detector("cms-ecal-barrel")), 25.8, 0.3);
  EXPECT_NEAR(depth_in_radiation_lengths(find_detector("phenix-pbsc")), 18, 0.5);
}

}  // namespace
}  // namespace showergan::montecarlo
