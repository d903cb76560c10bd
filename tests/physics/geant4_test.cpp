#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "physics/shower_set.hpp"
#include "physics/statistics.hpp"
#include "store/shower_reader.hpp"
#include "support/shared_data.hpp"

namespace showergan::physics {
namespace {

void append(ShowerSet& set, const std::filesystem::path& path) {
  ShowerReader reader(path);
  for (std::int64_t first = 0; first < reader.size(); first += 256) {
    set.append(reader.read(first, std::min<std::int64_t>(256, reader.size() - first)), 2);
  }
}

/// The table of README.md beside the Geant4 showers: it was made with 6,800 of these 7,000.
TEST(Geant4Showers, HaveTheSamplingFractionsOfTheirDescription) {
  const auto train = test::shared_data("geant4/showers-train.h5");
  const auto held_out = test::shared_data("geant4/showers-test.h5");
  SHOWERGAN_NEEDS_FILE(train);
  SHOWERGAN_NEEDS_FILE(held_out);
  ShowerSet set(unit_geometry({25, 25, 25}));
  append(set, train);
  append(set, held_out);
  EXPECT_EQ(set.size(), 7000);
  EXPECT_EQ(set.empty_showers(), 0);
  struct Row {
    double low, high, mean, rms;
  };
  constexpr std::array<Row, 8> table = {{{10, 20, 2.187, 0.124},
                                         {20, 40, 2.106, 0.120},
                                         {40, 60, 2.046, 0.122},
                                         {90, 110, 1.979, 0.134},
                                         {150, 200, 1.906, 0.128},
                                         {250, 300, 1.842, 0.123},
                                         {350, 400, 1.804, 0.124},
                                         {450, 500, 1.777, 0.113}}};
  for (const Row& row : table) {
    std::vector<double> percent;
    for (std::size_t i = 0; i < set.energy().size(); ++i) {
      if (set.energy()[i] < row.low || set.energy()[i] >= row.high) continue;
      percent.push_back(100 * set.column(Observable::sampling_fraction)[i]);
    }
    EXPECT_NEAR(mean(percent), row.mean, 0.006) << row.low;
    EXPECT_NEAR(standard_deviation(percent), row.rms, 0.01) << row.low;
  }
  EXPECT_NEAR(mean(set.column(Observable::m1_x)), 12, 0.004);
  EXPECT_NEAR(mean(set.column(Observable::m1_y)), 12, 0.004);
}

}  // namespace
}  // namespace showergan::physics
