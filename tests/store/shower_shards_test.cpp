#include "store/shower_shards.hpp"

#include <array>

#include <gtest/gtest.h>

#include "store/chunked_hdf5.hpp"
#include "store/sample_showers.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

class ShowerShardsTest : public ::testing::Test {
 protected:
  fs::path write(const std::string& name, const ShowerBatch& batch, std::int64_t chunk_rows) {
    test::write_showers(folder_ / name, batch, chunk_rows);
    return folder_ / name;
  }
  fs::path write(const std::string& name, std::int64_t first, std::int64_t count,
                 std::int64_t chunk_rows) {
    return write(name, test::sample_showers({2, 3, 4}, first, count), chunk_rows);
  }

  test::TemporaryFolder folder_;
};

TEST_F(ShowerShardsTest, CutsFilesAtTheirChunks) {
  const ShowerShards shards({write("a.h5", 0, 10, 4), write("b.h5", 10, 6, 3)});
  EXPECT_EQ(shards.size(), 16);
  EXPECT_EQ(shards.bytes(2), 2 * 25 * 4);
  EXPECT_EQ(shards.largest().count, 4);
  const std::vector<std::array<std::int64_t, 4>> expected = {
      {0, 0, 4, 0}, {0, 4, 4, 4}, {0, 8, 2, 8}, {1, 0, 3, 10}, {1, 3, 3, 13}};
  ASSERT_EQ(shards.shards().size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Shard& shard = shards.shards()[i];
    EXPECT_EQ((std::array<std::int64_t, 4>{static_cast<std::int64_t>(shard.file), shard.first,
                                           shard.count, shard.first_global}),
              expected[i]);
    const ShowerBatch showers = shards.load(static_cast<std::int64_t>(i));
    EXPECT_EQ(showers.cells,
              test::sample_showers({2, 3, 4}, shard.first_global, shard.count).cells);
  }
}

TEST_F(ShowerShardsTest, CutsFilesWithoutChunksIntoAFewMebibytes) {
  const Grid grid = {16, 16, 16};  // 16 KiB
  const ShowerShards shards({write("a.h5", test::sample_showers(grid, 0, 600), 0)});
  ASSERT_EQ(shards.shards().size(), 3U);
  EXPECT_EQ(shards.shards()[0].count, 255);
  EXPECT_EQ(shards.load(2).cells, test::sample_showers(grid, 510, 90).cells);
}

TEST_F(ShowerShardsTest, HasMoreFilesThanItKeepsOpen) {
  std::vector<fs::path> files;
  for (std::int64_t i = 0; i < 100; ++i) {
    files.push_back(write(std::to_string(i) + ".h5", 2 * i, 2, 2));
  }
  const ShowerShards shards(files);
  for (int round = 0; round < 2; ++round) {
    for (std::int64_t i = 0; i < 100; ++i) {
      EXPECT_EQ(shards.load(i).cells, test::sample_showers({2, 3, 4}, 2 * i, 2).cells);
    }
  }
  EXPECT_LE(H5Fget_obj_count(static_cast<hid_t>(H5F_OBJ_ALL), H5F_OBJ_FILE), 64);
}

TEST_F(ShowerShardsTest, NamesFilesOfAnotherKind) {
  const fs::path first = write("a.h5", 0, 4, 2);
  const fs::path grid = write("b.h5", test::sample_showers({2, 3, 5}, 0, 4), 2);
  const fs::path angles = write("c.h5", test::sample_showers({2, 3, 4}, 0, 4, true), 2);
  EXPECT_EQ(test::input_error([&] {
              ShowerShards({first, grid});
            }),
            "the files hold showers of different kinds (" + first.string() +
                ": 2 x 3 x 4 cells, 3DGAN, fixed angle, without theta, without phi; " +
                grid.string() +
                ": 2 x 3 x 5 cells, 3DGAN, fixed angle, without theta, without phi); train on "
                "files of one kind");
  EXPECT_NE(test::input_error([&] {
              ShowerShards({first, angles});
            }).find("2 x 3 x 4 cells, 3DGAN, variable angle, with theta, with phi"),
            std::string::npos);
  EXPECT_EQ(test::input_error([&] { ShowerShards({}); }),
            "there are no files to train on; give one or more");
  EXPECT_EQ(test::input_error([&] {
              ShowerShards({first, folder_ / "d.h5"});
            }),
            "there is no file '" + (folder_ / "d.h5").string() + "'");
}

}  // namespace
}  // namespace showergan
