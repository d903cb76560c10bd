#include "montecarlo/calorimeter.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "small_detector.hpp"

namespace showergan::montecarlo {
namespace {

Detector with_plates_behind() {
  Detector detector = test::sampling_calorimeter(2);
  detector.materials["PS"] = test::polystyrene(0.126);
  detector.layers[1].slabs.push_back({"PS", 2.0, true, false});
  detector.behind = {{"W", 1.25, false, false}, {"Si", 0.3, true, false}};
  detector.width_x = 60;
  detector.width_y = 80;
  return detector;
}

TEST(Calorimeter, PlatesFollowOneAnotherFromZero) {
  const Calorimeter calorimeter(with_plates_behind(), {});
  const double thicknesses[] = {3.5, 0.5, 3.5, 0.5, 2.0, 1.25, 0.3};
  ASSERT_EQ(calorimeter.plates().size(), 7U);
  double z = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    const Plate& plate = calorimeter.plates()[i];
    EXPECT_EQ(plate.front, z) << i;  // exactly: a particle between two plates would be in none
    EXPECT_NEAR(plate.back - plate.front, thicknesses[i], 1e-12) << i;
    z = plate.back;
  }
}

TEST(Calorimeter, KnowsTheLayersOfItsPlates) {
  const Calorimeter calorimeter(with_plates_behind(), {});
  const std::int32_t layers[] = {0, 0, 1, 1, 1, -1, -1};
  const bool sensitive[] = {false, true, false, true, true, false, false};
  const double birks[] = {0, 0, 0, 0, 0.126, 0, 0};
  for (std::size_t i = 0; i < 7; ++i) {
    const Plate& plate = calorimeter.plates()[i];
    EXPECT_EQ(plate.layer, layers[i]) << i;
    EXPECT_EQ(plate.sensitive, sensitive[i]) << i;  // behind the last layer nothing is read out
    EXPECT_EQ(plate.birks, birks[i]) << i;
  }
}

TEST(Calorimeter, MakesEachMediumOnce) {
  const Calorimeter calorimeter(with_plates_behind(), {});
  const char* names[] = {"W", "Si", "W", "Si", "PS", "W", "Si"};
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(calorimeter.medium(calorimeter.plates()[i]).medium.name, names[i]) << i;
  }
  for (std::size_t i : {2U, 5U}) {
    EXPECT_EQ(&calorimeter.medium(calorimeter.plates()[0]),
              &calorimeter.medium(calorimeter.plates()[i]));
  }
}

TEST(Calorimeter, IsAsWideAsTheDetector) {
  const Calorimeter calorimeter(with_plates_behind(), {});
  EXPECT_DOUBLE_EQ(calorimeter.distance_to_side({0, 0, 0}), 30);
  EXPECT_NEAR(calorimeter.distance_to_side({29.8, -39.9, 0}), 0.1, 1e-12);
  EXPECT_LT(calorimeter.distance_to_side({30.1, 0, 0}), 0);
  EXPECT_LT(calorimeter.distance_to_side({-30.1, 0, 0}), 0);
  EXPECT_LT(calorimeter.distance_to_side({0, 40.1, 0}), 0);
  EXPECT_LT(calorimeter.distance_to_side({0, -40.1, 0}), 0);
  EXPECT_DOUBLE_EQ(calorimeter.distance_to_side({20, 20, 0}, {0.5, -0.5, 0.1}), 20);
  EXPECT_DOUBLE_EQ(calorimeter.distance_to_side({20, 20, 0}, {-0.1, -0.5, 0.1}), 120);
  EXPECT_EQ(calorimeter.distance_to_side({20, 20, 0}, {0, 0, 1}),
            std::numeric_limits<double>::infinity());
}

TEST(Calorimeter, GivesTheSettingsToTheMedia) {
  Settings settings;
  settings.electron_cut = 1;
  const Calorimeter coarse(test::single_plate(test::silicon_plate(), 1), settings);
  const Calorimeter fine(test::single_plate(test::silicon_plate(), 1), {});
  const auto medium = [](const Calorimeter& calorimeter) -> const MediumPhysics& {
    return calorimeter.medium(calorimeter.plates()[0]);
  };
  EXPECT_GT(medium(coarse).electron_threshold, 3 * medium(fine).electron_threshold);
  EXPECT_EQ(medium(coarse).photon_threshold, medium(fine).photon_threshold);
}

TEST(Plate, SafetyIsTheDistanceToTheNearerPlane) {
  const Plate plate{2, 5, 0, 0, false, 0};
  EXPECT_DOUBLE_EQ(plate.safety(2.5), 0.5);
  EXPECT_NEAR(plate.safety(4.8), 0.2, 1e-12);
  EXPECT_EQ(plate.safety(2), 0);
  EXPECT_EQ(plate.safety(5.0001), 0);
  EXPECT_EQ(plate.safety(1), 0);
}

TEST(Calorimeter, RefusesUnknownElements) {
  Detector detector = test::sampling_calorimeter(1);
  detector.materials["W"].elements = {{"Wx", 1.0}};
  EXPECT_THROW(Calorimeter(detector, {}), InputError);
}

}  // namespace
}  // namespace showergan::montecarlo
