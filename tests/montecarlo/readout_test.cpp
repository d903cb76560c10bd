#include "montecarlo/readout.hpp"

#include <gtest/gtest.h>

#include "small_detector.hpp"

namespace showergan::montecarlo {
namespace {

const ShowerAxis inclined{{10, 0, 0}, {0.6, 0, 0.8}};

TEST(Readout, OfCellsIsInTheDetector) {
  const Detector detector = test::sampling_calorimeter(3);
  const Readout readout{CellMap(detector)};
  EXPECT_EQ(readout.grid(), detector.grid);
  EXPECT_EQ(readout.place({8, 0, 4}, 2, inclined), (5 * 9 + 4) * 3 + 2);
  EXPECT_EQ(readout.place({8, 0, 4}, 2, {}), (5 * 9 + 4) * 3 + 2);
  EXPECT_EQ(readout.place({50, 0, 4}, 2, {}), -1);
}

TEST(Readout, OfAMeshIsAroundTheShower) {
  const Binning binning{"", {{0, {0, 5, 10}, 1}}};
  const Readout readout{MeshMap(binning)};
  EXPECT_EQ(readout.grid(), binning.grid());
  EXPECT_EQ(readout.place({13, 0, 4}, 0, inclined), 0) << "on the axis";
  EXPECT_EQ(readout.place({13, 0, 4}, 0, {}), -1);
  EXPECT_EQ(readout.place({19, 0, 4}, 0, inclined), 0) << "6 mm along x are 4.8 from the axis";
  EXPECT_EQ(readout.place({20, 0, 4}, 0, inclined), 1);
}

}  // namespace
}  // namespace showergan::montecarlo
