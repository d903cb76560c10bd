#include "physics/classifier/two_sets.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

float target(const TwoSets& sets, std::int64_t sample) {
  float value = -1;
  sets.target(sample, {&value, 1});
  return value;
}

TEST(TwoTablesTest, GiveTheReferenceFirst) {
  const TwoTables sets({2, {1, 2, 3, 4}}, {2, {5, 6, 7, 8}});
  std::vector<float> row(2);
  sets.fill(1, 0, row);
  EXPECT_EQ(row, (std::vector<float>{3, 4}));
  sets.fill(2, 0, row);
  EXPECT_EQ(row, (std::vector<float>{5, 6}));
  EXPECT_EQ(target(sets, 1), 1);
  EXPECT_EQ(target(sets, 2), 0);
}

/// A shower of 10 GeV and one of 1000 GeV, each with 0.5 GeV in one of two cells.
class TwoImages : public testing::Test {
 protected:
  TwoImages()
      : first_batch_(test::batch_of({1, 1, 2}, 10, {{0, 0, 0, 0.5f}})),
        second_batch_(test::batch_of({1, 1, 2}, 1000, {{0, 0, 1, 0.5f}})),
        first_set_(test::measured(first_batch_)),
        second_set_(test::measured(second_batch_)),
        first_(Sample(first_set_)),
        second_(Sample(second_set_)) {
    first_.append(first_batch_);
    second_.append(second_batch_);
  }

  ShowerBatch first_batch_;
  ShowerBatch second_batch_;
  ShowerSet first_set_;
  ShowerSet second_set_;
  CompactImages first_;
  CompactImages second_;
};

TEST_F(TwoImages, AsCellsArePartsOfTheEnergyInPercent) {
  const TwoCellSets sets(first_, second_);
  std::vector<float> values(3, -1.0f);
  sets.fill(0, 0, values);
  EXPECT_FLOAT_EQ(values[0], 5);
  EXPECT_EQ(values[1], 0);
  EXPECT_FLOAT_EQ(values[2], 1);
  sets.fill(1, 0, values);
  EXPECT_EQ(values[0], 0);
  EXPECT_FLOAT_EQ(values[1], 0.05f);
  EXPECT_FLOAT_EQ(values[2], 3);
}

TEST_F(TwoImages, AsImagesAreLogarithmsOverTheThreshold) {
  const TwoImageSets sets(first_, second_);
  std::vector<float> image(2, -1.0f);
  std::vector<float> energy(1);
  sets.fill(1, 0, image);
  sets.fill(1, 1, energy);
  EXPECT_EQ(image[0], 0);
  EXPECT_NEAR(image[1], 5.69897, 1e-5);  // log10(1 + 0.5 GeV / 1 keV)
  EXPECT_FLOAT_EQ(energy[0], 3);
}

}  // namespace
}  // namespace showergan::physics
