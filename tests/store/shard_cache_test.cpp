#include "store/shard_cache.hpp"

#include <gtest/gtest.h>

#include "store/chunked_hdf5.hpp"
#include "store/sample_showers.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

class ShardCacheTest : public ::testing::Test {
 protected:
  ShardCacheTest() { test::write_showers(path_, test::sample_showers({2, 2, 2}, 0, 38), 4); }

  static std::vector<std::int64_t> one(std::int64_t shard) { return {shard}; }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "showers.h5";
};

TEST_F(ShardCacheTest, GivesWhatIsInTheFile) {
  const ShowerShards shards({path_});
  ASSERT_EQ(shards.shards().size(), 10U);
  ShardCache cache(shards, shards.bytes(12), 2);
  const std::vector<std::int64_t> wanted = {7, 0, 9};
  const auto held = cache.get(wanted);
  const auto expected = test::sample_showers({2, 2, 2}, 28, 4);
  EXPECT_EQ(held[0]->cells, expected.cells);
  EXPECT_EQ(held[0]->energy, expected.energy);
  EXPECT_EQ(held[2]->size(), 2);
  EXPECT_EQ(cache.bytes(), shards.bytes(10));
}

TEST_F(ShardCacheTest, StaysWithinItsMemory) {
  const ShowerShards shards({path_});
  ShardCache cache(shards, shards.bytes(12), 1);
  for (std::int64_t shard = 0; shard < 10; ++shard) {
    EXPECT_EQ(cache.get(one(shard))[0]->size(), shard == 9 ? 2 : 4);
    EXPECT_LE(cache.bytes(), shards.bytes(12));
  }
  EXPECT_EQ(cache.peak(), shards.bytes(12));
}

TEST_F(ShardCacheTest, KeepsWhatIsHeldAndWhatWasAskedForLast) {
  const ShowerShards shards({path_});
  ShardCache cache(shards, shards.bytes(12), 1);
  const auto first = cache.get(one(0));
  cache.get(one(1));
  const auto* second = cache.get(one(2))[0].get();
  cache.get(one(3));  // shard 1 goes
  EXPECT_EQ(cache.get(one(0))[0], first[0]);
  EXPECT_EQ(cache.get(one(2))[0].get(), second);
  EXPECT_EQ(cache.peak(), shards.bytes(12));
}

}  // namespace
}  // namespace showergan
