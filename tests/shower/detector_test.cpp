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

TEST(Fingerprint, ChangesWithWhatAMonteCarloSees) {
  Detector detector;
  detector.name = "a";
  detector.grid = {3, 3, 1};
  detector.materials = {{"W", {"W", 19.3, {{"W", 1.0}}}}, {"Si", {"Si", 2.33, {{"Si", 1.0}}}}};
  detector.layers = {layer_of(2.0)};
  const std::uint64_t first = fingerprint(detector);
  Detector other = detector;
  other.name = "b";
  other.description = "the same by another name";
  EXPECT_EQ(fingerprint(other), first);
  const auto changed = [&](auto change) {
    other = detector;
    change(other);
    return fingerprint(other) != first;
  };
  EXPECT_TRUE(changed([](Detector& d) { d.layers = {layer_of(2.1)}; }));
  EXPECT_TRUE(changed([](Detector& d) { d.layers.push_back(layer_of(2.0)); }));
  EXPECT_TRUE(changed([](Detector& d) { d.behind = {{"W", 1.0, false, false}}; }));
  EXPECT_TRUE(changed([](Detector& d) { d.layers[0].slabs[0].sensitive = true; }));
  EXPECT_TRUE(changed([](Detector& d) { d.materials["Si"].density = 2.34; }));
  EXPECT_TRUE(changed([](Detector& d) { d.materials["Si"].birks = 0.1; }));
  EXPECT_TRUE(changed([](Detector& d) { d.materials["Si"].elements = {{"C", 1.0}}; }));
  EXPECT_TRUE(changed([](Detector& d) { d.cell_x = 5; }));
  EXPECT_TRUE(changed([](Detector& d) { d.width_y = 100; }));
}

}  // namespace
}  // namespace showergan
