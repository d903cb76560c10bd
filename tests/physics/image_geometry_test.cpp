#include "physics/image_geometry.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(ImageGeometry, OfADetectorWeightsTheLayersByTheirAbsorber) {
  Detector detector;
  detector.grid = {25, 25, 2};
  detector.cell_x = 5.1;
  detector.cell_y = 5.2;
  detector.readout_threshold = 2e-6;
  detector.layers = {Layer{{Slab{"W", 2.4, false, true}, Slab{"Si", 0.5, true, false}}},
                     Layer{{Slab{"W", 4.8, false, true}, Slab{"Si", 0.5, true, false}}}};
  const ImageGeometry geometry = image_geometry(detector);
  EXPECT_EQ(geometry.layer_weights, (std::vector<double>{1, 2}));
  EXPECT_EQ(geometry.cell_x, 5.1);
  EXPECT_EQ(geometry.cell_y, 5.2);
  EXPECT_EQ(geometry.threshold, 2e-6);
  EXPECT_EQ(geometry.centre_x(), 12);
}

TEST(ImageGeometry, OfAnUnknownDetectorTreatsLayersAsEqual) {
  const ImageGeometry geometry = unit_geometry({4, 5, 3});
  EXPECT_EQ(geometry.layer_weights, (std::vector<double>{1, 1, 1}));
  EXPECT_EQ(geometry.cell_x, 1);
  EXPECT_EQ(geometry.threshold, 1e-6);
  EXPECT_EQ(geometry.centre_x(), 2);
}

}  // namespace
}  // namespace showergan::physics
