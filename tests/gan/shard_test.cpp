#include "gan/shard.hpp"

#include <gtest/gtest.h>

namespace showergan::gan {
namespace {

TEST(Shard, ABatchIsCutIntoPartsOfAlmostTheSameSizeTheLargerOnesFirst) {
  EXPECT_EQ(split_batch(8, 2), (std::vector<Shard>{{0, 4}, {4, 4}}));
  EXPECT_EQ(split_batch(11, 4), (std::vector<Shard>{{0, 3}, {3, 3}, {6, 3}, {9, 2}}));
  EXPECT_EQ(split_batch(5, 1), (std::vector<Shard>{{0, 5}}));
}

TEST(Shard, NoPartIsEmptyWhenThereAreMoreThreadsThanSamples) {
  EXPECT_EQ(split_batch(2, 5), (std::vector<Shard>{{0, 1}, {1, 1}}));
  EXPECT_TRUE(split_batch(0, 3).empty());
}

TEST(Shard, PartsFollowEachOtherAndCoverTheBatch) {
  for (std::int64_t samples = 1; samples < 40; ++samples) {
    for (int threads = 1; threads < 12; ++threads) {
      std::int64_t next = 0;
      std::int64_t least = samples;
      std::int64_t most = 0;
      for (const Shard& shard : split_batch(samples, threads)) {
        EXPECT_EQ(shard.first, next);
        next += shard.count;
        least = std::min(least, shard.count);
        most = std::max(most, shard.count);
      }
      EXPECT_EQ(next, samples);
      EXPECT_GE(least, 1);
      EXPECT_LE(most - least, 1);
    }
  }
}

}  // namespace
}  // namespace showergan::gan
