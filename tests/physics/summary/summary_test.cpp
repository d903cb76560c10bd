#include "physics/summary/summary.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

TEST(Summary, HoldsMeansAndSlopesOfEachBin) {
  ShowerBatch batch;
  batch.grid = {1, 1, 3};
  for (int i = 0; i < 40; ++i) {  // two energies; the depth is 1 or 2
    test::add_shower(batch, i % 2 ? 10.0f : 20.0f,
                     {{0, 0, i % 2 ? 1 : 2, i % 4 < 2 ? 1.0f : 3.0f}});
  }
  const Summary summary = summarize(test::measured(batch), "toy", "box");
  ASSERT_EQ(summary.bins.size(), 2u);  // the eight bins between are left out
  const SummaryBin& low = summary.bins[0];
  EXPECT_EQ(low.energy_low, 10);
  EXPECT_EQ(low.energy_high, 11);
  EXPECT_EQ(low.energy_mean, 10);
  EXPECT_EQ(low.energy_rms, 0);
  EXPECT_EQ(low.showers, 20);
  EXPECT_DOUBLE_EQ(low.sampling_fraction.mean, 0.2);
  EXPECT_DOUBLE_EQ(low.sampling_fraction.rms, 0.1);
  EXPECT_EQ(low.sampling_fraction.slope, 0);
  EXPECT_EQ(low.depth.mean, 1);
  EXPECT_EQ(low.hits_300keV.mean, 1);
  EXPECT_EQ(low.profile_z, (std::vector<double>{0, 2, 0}));
  EXPECT_EQ(low.profile_x, (std::vector<double>{2}));
  EXPECT_EQ(summary.bins[1].depth.mean, 2);
  EXPECT_EQ(summary.source, "toy");
  EXPECT_EQ(summary.detector, "box");
}

TEST(Summary, NeedsEnoughShowers) {
  const ShowerSet few = test::measured(test::toy_showers(1, test::toy_energies(1, 19)));
  EXPECT_EQ(test::input_error([&] { summarize(few, "toy"); }),
            "too few showers for a summary (no tenth of the energy range holds 20); use a larger "
            "sample");
  const ShowerSet none(unit_geometry({1, 1, 1}));
  EXPECT_NE(test::input_error([&] { summarize(none, "toy"); }).find("too few"), std::string::npos);
}

}  // namespace
}  // namespace showergan::physics
