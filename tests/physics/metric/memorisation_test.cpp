#include "physics/metric/memorisation.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

using test::measured;
using test::toy_energies;
using test::toy_showers;

class Memorisation : public testing::Test {
 protected:
  const ShowerBatch training_ = toy_showers(1, toy_energies(1, 600));
  const ShowerSet training_set_ = measured(training_);
  const ShowerSet reference_ = measured(toy_showers(2, toy_energies(2, 300)));

  MetricResult of(const ShowerSet& candidate, int threads = 2) const {
    return memorisation(Sample(reference_), Sample(candidate), training_set_, threads);
  }
};

TEST_F(Memorisation, IsOneForNewShowersOfOneKind) {
  const MetricResult result = of(measured(toy_showers(3, toy_energies(3, 300))));
  ASSERT_TRUE(result.value && result.floor && result.uncertainty);
  EXPECT_NEAR(*result.value, 1, 0.05);
  EXPECT_NEAR(*result.floor, 1, 0.05);
  EXPECT_GT(*result.uncertainty, 0);
  EXPECT_LT(*result.uncertainty, 0.05);
  EXPECT_EQ(result.ideal, 1);
  EXPECT_FALSE(result.excess);
  EXPECT_EQ(result.value, of(measured(toy_showers(3, toy_energies(3, 300))), 5).value);
}

TEST_F(Memorisation, IsZeroForCopiesAndSmallForCopiesWithNoise) {
  EXPECT_EQ(of(training_set_).value, 0);
  std::mt19937_64 random(7);
  std::normal_distribution<float> normal(1, 0.05F);
  const ShowerBatch noisy = test::changed(training_, [&](std::span<float> image) {
    for (float& cell : image) cell *= normal(random);
  });
  EXPECT_LT(*of(measured(noisy)).value, 0.5);
}

TEST_F(Memorisation, SaysWhyThereIsNone) {
  const MetricResult result =
      memorisation(Sample(training_set_), Sample(reference_), training_set_, 2);
  EXPECT_FALSE(result.value);
  EXPECT_EQ(result.reason, "the reference is part of the training showers");
}

TEST_F(Memorisation, RefusesTrainingShowersOfAnotherGrid) {
  const ShowerSet other = measured(test::batch_of({3, 3, 3}, 10, {{1, 1, 1, 1}}));
  EXPECT_EQ(
      test::input_error([&] { memorisation(Sample(reference_), Sample(reference_), other, 1); }),
      "the training showers have another grid or detector than the reference; give the "
      "showers that the model was trained on");
}

}  // namespace
}  // namespace showergan::physics
