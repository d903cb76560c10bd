#include "shower/detector.hpp"

#include <gtest/gtest.h>

namespace showergan {
namespace {

Layer layer_of(double absorber) {
  return {{{"W", absorber, false, true}, {"Si", 0.5, true, false}, {"W", 0.1, false, false}}};
}

TEST(Layer, AddsUpItsSlabs) {
  EXPECT_DOUBLE_EQ(layer_of(2.0).thickness(), 2.6);
  EXPECT_DOUBLE_EQ(layer_of(2.0).absorber_thickness(), 2.0);
}

TEST(LayerWeights, CompareAbsorbersWithTheFirst) {
  Detector detector;
  detector.layers = {layer_of(2.0), layer_of(4.0), layer_of(3.0)};
  EXPECT_EQ(detector.layer_weights(), (std::vector<double>{1.0, 2.0, 1.5}));
}

TEST(LayerWeights, AreOneWithoutAbsorbers) {
  Detector detector;
  detector.layers = {layer_of(0.0), layer_of(4.0)};
  EXPECT_EQ(detector.layer_weights(), (std::vector<double>{1.0, 1.0}));
}

}  // namespace
}  // namespace showergan
