#include "physics/classifier/compact_images.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

std::vector<float> expanded(const CompactImages& images, std::int64_t i) {
  std::vector<float> image(static_cast<std::size_t>(images.grid().cells()), -1.0f);
  images.expand(i, image);
  return image;
}

TEST(CompactImagesTest, GiveBackTheImagesInTheOrderOfTheSample) {
  const ShowerBatch batch = test::toy_showers(1, {50, 20, 90});
  const ShowerSet set = test::measured(batch);
  CompactImages images{Sample(set)};
  images.append(batch);
  const std::int64_t rows[] = {1, 0, 2};
  for (std::int64_t i = 0; i < 3; ++i) {
    std::vector<float> expected;
    for (const float cell : batch.shower(rows[i])) {
      expected.push_back(static_cast<double>(cell) < set.geometry().threshold ? 0.0f : cell);
    }
    EXPECT_EQ(expanded(images, i), expected);
  }
}

TEST(CompactImagesTest, KeepTheSampleOnlyHoweverTheSetIsCut) {
  const ShowerBatch batch = test::toy_showers(1, {50, 20, 90});
  const ShowerSet set = test::measured(batch);
  CompactImages whole{Sample(set, {2})};
  whole.append(batch);
  CompactImages cut{Sample(set, {2})};
  for (std::int64_t i = 0; i < 3; ++i) {
    ShowerBatch one;
    one.grid = batch.grid;
    one.energy = {batch.energy[static_cast<std::size_t>(i)]};
    one.cells.assign(batch.shower(i).begin(), batch.shower(i).end());
    cut.append(one);
  }
  EXPECT_EQ(expanded(whole, 0), expanded(cut, 0));
}

TEST(CompactImagesTest, RefuseMoreThanTheSetHolds) {
  const ShowerBatch batch = test::toy_showers(1, {50, 20});
  const ShowerSet set = test::measured(batch);
  CompactImages images{Sample(set)};
  images.append(batch);
  EXPECT_NE(test::input_error([&] { images.append(batch); }).find("more images than measured"),
            std::string::npos);
}

TEST(CompactImagesTest, FitIntoTheMemoryThatIsGiven) {
  const Grid grid{25, 25, 25};
  const std::int64_t images = CompactImages::capacity(grid, 2'000'000'000);
  EXPECT_GT(images, 30'000);
  EXPECT_LT(images * 25 * 25 * 25 * 4, 2'000'000'000);
}

}  // namespace
}  // namespace showergan::physics
