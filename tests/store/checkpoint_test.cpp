#include "store/checkpoint.hpp"

#include <unistd.h>

#include "store/checkpoint_header.hpp"
#include "store/hdf5_input.hpp"
#include "store/named_arrays.hpp"
#include "store/sample_checkpoint.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

using test::same;
using test::sample_checkpoint;

class CheckpointTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return folder_ / "step.h5"; }

  std::string damage(const std::string& reason) const {
    return "the checkpoint '" + path().string() + "' is damaged (" + reason + "); use another one";
  }

  std::string error() const {
    return test::input_error([&] { read_checkpoint(path()); });
  }

  /// Whether a changed file is refused as damaged. Any other outcome but the content as it was
  /// fails the test.
  bool refused() const {
    try {
      EXPECT_TRUE(same(read_checkpoint(path()), sample_checkpoint())) << "a different content";
      return false;
    } catch (const DamagedCheckpoint&) {
      return true;
    }
  }

  test::TemporaryFolder folder_;
};

TEST_F(CheckpointTest, RoundTripBitForBit) {
  write_checkpoint(path(), sample_checkpoint());
  EXPECT_TRUE(same(read_checkpoint(path()), sample_checkpoint()));
  EXPECT_TRUE(is_checkpoint(path()));
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(CheckpointTest, KeepsAnEmptyOne) {
  write_checkpoint(path(), {});
  EXPECT_TRUE(same(read_checkpoint(path()), {}));
}

TEST_F(CheckpointTest, KeepsLongTextsAndManyNames) {
  Checkpoint checkpoint;
  checkpoint.texts["model"] = std::string(300'000, 'x');
  for (int i = 0; i < 300; ++i) {
    checkpoint.counters["counter " + std::to_string(i)] = i;
    checkpoint.arrays["layer/" + std::to_string(i) + "/kernel"] = {static_cast<float>(i)};
  }
  write_checkpoint(path(), checkpoint);
  EXPECT_TRUE(same(read_checkpoint(path()), checkpoint));
}

TEST_F(CheckpointTest, SameContentGivesSameBytes) {
  write_checkpoint(path(), sample_checkpoint());
  const std::string first = test::read_bytes(path());
  usleep(1'100'000);  // HDF5 counts in seconds
  write_checkpoint(path(), sample_checkpoint());
  EXPECT_EQ(test::read_bytes(path()), first);
}

TEST_F(CheckpointTest, IsHdf5ForOthers) {
  write_checkpoint(path(), sample_checkpoint());
  const NamedArrays arrays = read_named_arrays(path());
  EXPECT_EQ(arrays.at("arrays/generator/trainable").values,
            sample_checkpoint().arrays.at("generator/trainable"));
  EXPECT_EQ(arrays.at("counters/step").values, std::vector<float>{1200});
}

TEST_F(CheckpointTest, ReplacesTheFormerOne) {
  write_checkpoint(path(), sample_checkpoint());
  Checkpoint next;
  next.counters["step"] = 2;
  write_checkpoint(path(), next);
  EXPECT_TRUE(same(read_checkpoint(path()), next));
}

TEST_F(CheckpointTest, AFullDiskLeavesTheFormerOne) {
  write_checkpoint(path(), sample_checkpoint());
  Checkpoint next = sample_checkpoint();
  next.arrays["large"] = std::vector<float>(100'000, 1.0F);
  {
    const test::FileSizeLimit limit(20'000);
    EXPECT_EQ(test::failure([&] { write_checkpoint(path(), next); }),
              "cannot write '" + path().string() +
                  "' (File too large); free some space or choose another folder");
  }
  EXPECT_TRUE(same(read_checkpoint(path()), sample_checkpoint()));
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(CheckpointTest, EveryFlippedBitIsFound) {
  write_checkpoint(path(), sample_checkpoint());
  const std::string bytes = test::read_bytes(path());
  std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](std::size_t place, int byte) {
    file.seekp(static_cast<std::streamoff>(place)).put(static_cast<char>(byte)).flush();
  };
  // All bits of the header's fields, then one bit of every 7th byte: thousands of places.
  for (std::size_t bit = 0; bit < bytes.size() * 8; bit += bit < std::size_t{33} * 8 ? 1 : 55) {
    put(bit / 8, bytes[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_TRUE(refused()) << "bit " << bit;
    put(bit / 8, bytes[bit / 8]);
  }
  EXPECT_FALSE(refused());
}

TEST_F(CheckpointTest, EveryTruncationIsFound) {
  write_checkpoint(path(), sample_checkpoint());
  std::uintmax_t size = std::filesystem::file_size(path()) - 1;
  std::filesystem::resize_file(path(), size);
  EXPECT_EQ(error(), damage("it is cut off"));
  for (; size >= 37; size -= 37) {
    std::filesystem::resize_file(path(), size);
    ASSERT_TRUE(refused()) << size << " bytes";
  }
  std::filesystem::resize_file(path(), 0);
  EXPECT_EQ(error(), damage("it is cut off"));
}

TEST_F(CheckpointTest, MoreBytesAndLostBlocksAreFound) {
  write_checkpoint(path(), sample_checkpoint());
  const std::string bytes = test::read_bytes(path());
  test::write_bytes(path(), bytes + std::string(1, '\0'));
  EXPECT_EQ(error(), damage("its checksum does not match"));
  for (std::size_t block = 0; block + 512 <= bytes.size(); block += 512) {
    std::string changed = bytes;
    changed.replace(block, 512, 512, '\0');
    if (changed == bytes) continue;
    test::write_bytes(path(), changed);
    EXPECT_TRUE(refused()) << "block at " << block;
  }
}

TEST_F(CheckpointTest, SaysWhatIsDamaged) {
  write_checkpoint(path(), sample_checkpoint());
  std::string bytes = test::read_bytes(path());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  test::write_bytes(path(), bytes);
  EXPECT_EQ(error(), damage("its checksum does not match"));
}

/// The bytes of a checkpoint with another version and a checksum that matches.
std::string with_version(std::string bytes, std::uint32_t version) {
  seal_checkpoint(std::as_writable_bytes(std::span(bytes)), version);
  return bytes;
}

TEST_F(CheckpointTest, RefusesNewerVersions) {
  write_checkpoint(path(), sample_checkpoint());
  test::write_bytes(path(), with_version(test::read_bytes(path()), 2));
  EXPECT_EQ(error(), "the checkpoint '" + path().string() +
                         "' was written by a newer version (format 2; this version knows formats "
                         "up to 1); use the version that wrote it");
}

TEST_F(CheckpointTest, RefusesASealedFileThatIsNoHdf5) {
  test::write_bytes(path(), with_version(std::string(2000, 'x'), 1));
  EXPECT_EQ(error(), damage("HDF5 cannot read it"));
}

TEST_F(CheckpointTest, RefusesMissingAndForeignFiles) {
  EXPECT_EQ(error(), "there is no checkpoint '" + path().string() + "'");
  EXPECT_FALSE(is_checkpoint(path()));
  write_named_arrays(path(), {{"a", {{1}, {1}}}});
  EXPECT_EQ(error(), damage("it does not begin as a checkpoint"));
  EXPECT_FALSE(is_checkpoint(path()));
  EXPECT_FALSE(is_checkpoint(folder_.path()));
  EXPECT_EQ(test::input_error([&] { read_checkpoint(folder_.path()); }),
            "cannot read the checkpoint '" + folder_.path().string() + "'");
}

TEST_F(CheckpointTest, NeedsItsFolder) {
  EXPECT_NE(test::input_error([&] {
              write_checkpoint(folder_ / "none" / "a.h5", {});
            }).find("there is no folder"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan
