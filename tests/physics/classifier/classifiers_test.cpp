#include "physics/classifier/classifiers.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

/// Two sets of toy showers, the second with every cell times `factor`.
class ToySets {
 public:
  ToySets(std::int64_t showers, float factor)
      : first_batch_(test::toy_showers(1, test::toy_energies(1, showers))),
        second_batch_(test::changed(test::toy_showers(2, test::toy_energies(1, showers)),
                                    [factor](std::span<float> image) {
                                      for (float& cell : image) cell *= factor;
                                    })),
        first_(test::measured(first_batch_)),
        second_(test::measured(second_batch_)) {}

  std::pair<Sample, Sample> classes(std::int64_t most = 1000) const {
    return classes_of(first_, second_, most);
  }
  std::pair<CompactImages, CompactImages> images() const {
    const auto [r, c] = classes();
    std::pair<CompactImages, CompactImages> result{CompactImages(r), CompactImages(c)};
    result.first.append(first_batch_);
    result.second.append(second_batch_);
    return result;
  }

 private:
  ShowerBatch first_batch_;
  ShowerBatch second_batch_;
  ShowerSet first_;
  ShowerSet second_;
};

constexpr ClassifierOptions kOnce = {.seeds = 1, .seed = 1, .threads = 2};

TEST(ClassesTest, AreOfEqualSizeAndInOrderOfEnergy) {
  const ToySets sets(30, 1);
  const auto [reference, candidate] = sets.classes(20);
  EXPECT_EQ(reference.size(), 20);
  EXPECT_EQ(reference.energy(), candidate.energy());
  EXPECT_TRUE(std::ranges::is_sorted(reference.energy()));
}

TEST(MostImagesTest, AreFewerOnALargeGrid) {
  EXPECT_EQ(most_images({25, 25, 25}), 20000);
  EXPECT_LT(most_images({50, 18, 45}), 20000);
}

TEST(AucHighTest, SeesASmallScaleAndNothingInEqualSets) {
  const ToySets equal(300, 1);
  const ToySets scaled(300, 1.3f);
  const auto [r, c] = equal.classes();
  const ClassifierResult same = auc_high(r, c, kOnce);
  EXPECT_EQ(same.name, "auc_high");
  EXPECT_NEAR(*same.auc, 0.5, 3.5 * same.error);
  const auto [r2, c2] = scaled.classes();
  EXPECT_GT(*auc_high(r2, c2, kOnce).auc, 0.9);
}

TEST(AucHighTest, NamesTheShowersByTheirRows) {
  const ToySets sets(60, 1);
  const auto [r, c] = sets.classes();
  const ClassifierResult result = auc_high(r, c, kOnce);
  std::vector<double> energies;
  for (const ScoredShower& shower : result.scores) {
    if (shower.candidate) continue;
    energies.push_back(r.set().energy()[static_cast<std::size_t>(shower.row)]);
  }
  EXPECT_EQ(energies.size(), 12u);
  EXPECT_TRUE(std::ranges::is_sorted(energies));
}

TEST(AucHighTest, HasAReasonForTooFewShowers) {
  const ToySets sets(kLeastShowers - 1, 1);
  const auto [r, c] = sets.classes();
  const ClassifierResult result = auc_high(r, c, kOnce);
  EXPECT_FALSE(result.auc);
  EXPECT_EQ(result.reason, "fewer than 50 showers of each set");
}

TEST(AucLowTest, SeesALargeScale) {
  const ToySets sets(200, 1.5f);
  const auto [r, c] = sets.images();
  EXPECT_GT(*auc_low(r, c, kOnce).auc, 0.9);
}

TEST(AucCnnTest, SeesALargeScale) {
  const ToySets sets(2000, 3);
  const auto [r, c] = sets.images();
  EXPECT_GT(*auc_cnn(r, c, kOnce).auc, 0.9);
}

}  // namespace
}  // namespace showergan::physics
