#include "nn/graph/dropout.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Dropout, KeepsTheShape) {
  EXPECT_EQ(shape_of(Dropout{0.2}, {{8, 3}}), (Shape{8, 3}));
}

TEST(Dropout, NeedsARate) {
  const char* message = "dropout needs a rate from 0 to below 1";
  EXPECT_EQ(error_of(Dropout{1.0}, {{8}}), message);
  EXPECT_EQ(error_of(Dropout{-0.1}, {{8}}), message);
  EXPECT_EQ(error_of(Dropout{std::numeric_limits<double>::quiet_NaN()}, {{8}}), message);
  EXPECT_EQ(error_of(Dropout{}, {}), "dropout takes 1 input, not 0");
}

TEST(Dropout, FactorsAreZeroOrTheInverseOfWhatIsKept) {
  std::vector<float> factors(1000);
  dropout_factors(Dropout{0.75}, 1, 2, factors);
  const auto dropped = std::count(factors.begin(), factors.end(), 0.0f);
  EXPECT_EQ(std::count(factors.begin(), factors.end(), 4.0f), 1000 - dropped);
  EXPECT_NEAR(static_cast<double>(dropped), 750, 70);  // five standard deviations
}

TEST(Dropout, FactorsDependOnSeedSampleAndStreamOnly) {
  const auto factors = [](std::uint32_t stream, std::uint64_t seed, std::uint64_t sample) {
    std::vector<float> result(100);
    dropout_factors(Dropout{0.5, stream}, seed, sample, result);
    return result;
  };
  EXPECT_EQ(factors(0, 1, 2), factors(0, 1, 2));
  EXPECT_NE(factors(0, 1, 2), factors(1, 1, 2));
  EXPECT_NE(factors(0, 1, 2), factors(0, 2, 2));
  EXPECT_NE(factors(0, 1, 2), factors(0, 1, 3));
}

TEST(Dropout, TheThresholdIsTheRateComparedAsFloat) {
  for (const double rate : {0.0, 0.2, 0.3, 0.999}) {
    const std::uint32_t threshold = dropout_threshold(Dropout{rate});
    const auto agrees = [&](std::uint32_t word) {
      EXPECT_EQ(word >> 8 < threshold, to_unit_float(word) < static_cast<float>(rate))
          << rate << " " << word;
    };
    // The words around the threshold, with every lower byte at its ends, and the extremes.
    const auto nearest = static_cast<std::uint32_t>(rate * 0x1p24);
    for (std::uint32_t upper = nearest > 3 ? nearest - 3 : 0; upper <= nearest + 3; ++upper) {
      agrees(upper << 8);
      agrees(upper << 8 | 0xff);
    }
    agrees(0);
    agrees(0xffffffff);
  }
  EXPECT_EQ(dropout_threshold(Dropout{0.0}), 0u) << "nothing is dropped";
}

TEST(DropoutKey, CountsSamplesUnlessTheyAreGiven) {
  DropoutKey key;
  key.first_index = 10;
  EXPECT_EQ(key.index(2), 12u);
  const std::uint64_t given[] = {7, 5};
  key.sample_index = given;
  EXPECT_EQ(key.index(1), 5u);
}

}  // namespace
}  // namespace showergan::nn
