#include "physics/metric/spectrum_deviation.hpp"

#include <gtest/gtest.h>

#include "one_cell_sets.hpp"

namespace showergan::physics {
namespace {

TEST(SpectrumDeviation, ComparesCellsPerShower) {
  const ShowerSet reference = test::two_cell_set(100, 50, [](int) { return 1.2e-3; });
  const ShowerSet candidate =
      test::two_cell_set(200, 50, [](int i) { return i % 2 ? 1.2e-3 : 1.25e-3; });
  EXPECT_NEAR(
      *spectrum_deviation(test::compare_whole(reference, candidate), Spectrum::wide).value(), 0,
      1e-12);
  const ShowerSet half = test::two_cell_set(200, 50, [](int i) { return i % 2 ? 1.2e-3 : 0; });
  EXPECT_NEAR(*spectrum_deviation(test::compare_whole(reference, half), Spectrum::wide).value(),
              0.5, 1e-12);
}

TEST(SpectrumDeviation, NeedsAHundredCellsInABin) {
  const ShowerSet reference = test::two_cell_set(99, 50, [](int) { return 1.2e-3; });
  EXPECT_EQ(spectrum_deviation(test::compare_whole(reference, reference), Spectrum::wide).reason(),
            "no bin holds 100 cells of the reference");
}

}  // namespace
}  // namespace showergan::physics
