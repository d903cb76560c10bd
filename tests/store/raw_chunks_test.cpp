#include "store/raw_chunks.hpp"

#include <algorithm>
#include <bit>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "store/chunked_hdf5.hpp"
#include "store/hdf5_input.hpp"
#include "support/error_text.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::Chunking;

/// Mostly zeros, as showers are; NaN, −0 and numbers of any size are among the rest.
std::vector<float> numbers(const std::vector<hsize_t>& shape) {
  hsize_t size = 1;
  for (const hsize_t n : shape) size *= n;
  std::vector<float> values(size);
  const CounterRandom random(5, RandomPurpose::noise);
  for (hsize_t i = 0; i < size; ++i) {
    const auto word = random.words(i, 0);
    if (word[0] % 4 == 0) values[i] = std::bit_cast<float>(word[1]);
  }
  return values;
}

std::vector<std::uint32_t> bits(const std::vector<float>& values) {
  std::vector<std::uint32_t> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(),
                 [](float value) { return std::bit_cast<std::uint32_t>(value); });
  return result;
}

class RawChunksTest : public ::testing::Test {
 protected:
  fs::path path() const { return folder_ / "data.h5"; }

  void write(const std::vector<hsize_t>& shape, const Chunking& how,
             hsize_t written = H5S_UNLIMITED) {
    const hid_t file = H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    test::add_chunked(file, "data", shape, numbers(shape), how, written);
    H5Fclose(file);
  }

  /// Every range of rows, read in chunks and by HDF5, with one thread and with three.
  void expect_equal_to_hdf5(bool in_chunks) {
    const Hdf5Handle file = open_hdf5(path());
    const Hdf5DataSet data(file.get(), path(), "data");
    EXPECT_EQ(RawChunks::find(data.id()).has_value(), in_chunks);
    for (std::int64_t first = 0; first < data.shape()[0]; ++first) {
      for (std::int64_t count = 1; first + count <= data.shape()[0]; ++count) {
        std::vector<std::int64_t> start(data.shape().size(), 0);
        std::vector<std::int64_t> extent = data.shape();
        start[0] = first;
        extent[0] = count;
        const auto expected = bits(data.read(start, extent));
        ASSERT_EQ(bits(data.read_rows(first, count, 1)), expected) << first << ", " << count;
        ASSERT_EQ(bits(data.read_rows(first, count, 3)), expected) << first << ", " << count;
      }
    }
  }

  test::TemporaryFolder folder_;
};

TEST_F(RawChunksTest, GivesTheBitsOfHdf5ForEveryShapeOfChunks) {
  struct Case {
    std::vector<hsize_t> shape;
    std::vector<hsize_t> chunk;
  };
  const std::vector<Case> cases = {
      {{11, 3, 5, 2}, {4, 3, 5, 2}},  // whole rows; the last chunk reaches beyond the end
      {{8, 3, 5, 2}, {4, 3, 5, 2}},   // no partial chunk
      {{7, 3, 5, 4}, {3, 2, 2, 3}},   // split along every axis, partial along every axis
      {{6, 3, 5, 1}, {1, 3, 5, 1}},   // one row in a chunk
      {{5, 4, 4, 4}, {5, 4, 1, 4}},   // one axis split
      {{9, 2, 3, 2, 1}, {2, 2, 2, 2, 1}}, {{13}, {5}}, {{13, 7}, {4, 3}},
  };
  for (const Case& c : cases) {
    for (const auto& [shuffle, deflate] : {std::pair{false, false}, {false, true}, {true, true}}) {
      write(c.shape, {.chunk = c.chunk, .shuffle = shuffle, .deflate = deflate});
      expect_equal_to_hdf5(true);
    }
  }
}

TEST_F(RawChunksTest, LeavesOtherWaysOfStoringToHdf5) {
  const std::vector<hsize_t> shape = {7, 3, 2};
  const std::vector<hsize_t> chunk = {3, 3, 2};
  write(shape, {});
  expect_equal_to_hdf5(false);
  write(shape, {.chunk = chunk, .deflate = true, .checksum = true});
  expect_equal_to_hdf5(false);
  write(shape, {.chunk = chunk, .shuffle = true});
  expect_equal_to_hdf5(false);
  write(shape, {.chunk = chunk, .shuffle = true, .deflate = true, .type = H5T_IEEE_F32BE});
  expect_equal_to_hdf5(false);
  write(shape, {.chunk = chunk, .type = H5T_IEEE_F64LE});
  expect_equal_to_hdf5(false);
}

TEST_F(RawChunksTest, FillsChunksThatAreNotInTheFile) {
  for (const bool deflate : {false, true}) {
    for (const hsize_t written : {hsize_t{0}, hsize_t{2}, hsize_t{5}}) {
      write({10, 3, 2}, {.chunk = {3, 2, 2}, .deflate = deflate, .fill = 7.5F}, written);
      expect_equal_to_hdf5(true);
      const Hdf5Handle file = open_hdf5(path());
      EXPECT_EQ(Hdf5DataSet(file.get(), path(), "data").read_rows(9, 1),
                (std::vector<float>(6, 7.5F)));
    }
  }
}

TEST_F(RawChunksTest, LeavesChunksWithoutAFilterToHdf5) {
  write({6, 2, 2}, {.chunk = {2, 2, 2}, .shuffle = true, .deflate = true});
  {
    const hid_t file = H5Fopen(path().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t data = H5Dopen2(file, "data", H5P_DEFAULT);
    const std::vector<float> plain = {1, 2, 3, 4, 5, 6, 7, 8};
    const hsize_t origin[] = {2, 0, 0};
    ASSERT_GE(
        H5Dwrite_chunk(data, H5P_DEFAULT, 3, origin, plain.size() * sizeof(float), plain.data()),
        0);
    H5Dclose(data);
    H5Fclose(file);
  }
  expect_equal_to_hdf5(true);
  const Hdf5Handle file = open_hdf5(path());
  EXPECT_EQ(Hdf5DataSet(file.get(), path(), "data").read_rows(2, 2),
            (std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(RawChunksTest, SeveralThreadsMayReadTheSameDataSet) {
  write({64, 6, 5}, {.chunk = {4, 6, 5}, .shuffle = true, .deflate = true});
  const Hdf5Handle file = open_hdf5(path());
  const Hdf5DataSet data(file.get(), path(), "data");
  const auto expected = bits(data.read_all());
  std::vector<std::vector<float>> read(4);
  std::vector<std::thread> threads;
  for (std::vector<float>& into : read) {
    threads.emplace_back([&] { into = data.read_rows(0, 64, 2); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<float>& values : read) EXPECT_EQ(bits(values), expected);
}

TEST_F(RawChunksTest, NamesTheRowsOfADamagedChunk) {
  write({40, 20, 20}, {.chunk = {8, 20, 20}, .shuffle = true, .deflate = true});
  hsize_t size = 0;
  haddr_t address = 0;
  {
    const Hdf5Handle file = open_hdf5(path());
    const Hdf5DataSet data(file.get(), path(), "data");
    const hsize_t origin[] = {16, 0, 0};
    unsigned mask = 0;
    ASSERT_GE(H5Dget_chunk_info_by_coord(data.id(), origin, &mask, &address, &size), 0);
  }
  {
    std::fstream raw(path(), std::ios::in | std::ios::out | std::ios::binary);
    raw.seekp(static_cast<std::streamoff>(address + size / 2));
    raw << std::string(64, '\xff');
  }
  const Hdf5Handle file = open_hdf5(path());
  const Hdf5DataSet data(file.get(), path(), "data");
  EXPECT_EQ(test::input_error([&] { data.read_rows(0, 40, 2); }),
            "cannot read the data, the file is damaged (" + path().string() +
                ", data set data, rows 16 to 23); make or copy it again");
  EXPECT_EQ(data.read_rows(24, 16, 2).size(), 6400U);
}

TEST_F(RawChunksTest, GivesTheBitsOfHdf5ForGeant4Showers) {
  const fs::path path = test::shared_data("geant4/showers-test.h5");
  SHOWERGAN_NEEDS_FILE(path);
  const Hdf5Handle file = open_hdf5(path);
  const Hdf5DataSet data(file.get(), path, "ECAL");
  EXPECT_TRUE(RawChunks::find(data.id()));
  EXPECT_EQ(data.chunk_rows(), 64);
  for (const std::int64_t first : {std::int64_t{0}, std::int64_t{30}, std::int64_t{1900}}) {
    EXPECT_EQ(data.read_rows(first, 100, 2), data.read({first, 0, 0, 0}, {100, 25, 25, 25}));
  }
}

}  // namespace
}  // namespace showergan
