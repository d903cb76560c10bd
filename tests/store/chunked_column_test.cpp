#include "store/chunked_column.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "store/chunked_hdf5.hpp"
#include "store/hdf5_input.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

constexpr std::int64_t rows_per_chunk = 4;
constexpr std::int64_t row_size = 3;

/// Rows first … first + count − 1, which count on from 0.
std::vector<float> rows(std::int64_t first, std::int64_t count) {
  std::vector<float> numbers(static_cast<std::size_t>(count * row_size));
  std::iota(numbers.begin(), numbers.end(), static_cast<float>(first * row_size));
  return numbers;
}

class ChunkedColumnTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return folder_ / "a.h5"; }

  /// Adds rows to the column of the file, which is new at first.
  void append(std::int64_t first, std::int64_t count) const {
    const bool fresh = first == 0;
    Hdf5Output output(path(), path(), fresh ? Hdf5Output::Mode::create : Hdf5Output::Mode::append);
    {
      ChunkedColumn column = fresh ? ChunkedColumn(output, "a", {row_size}, rows_per_chunk, 2)
                                   : ChunkedColumn::reopen(output, "a", {row_size}, 2);
      EXPECT_EQ(column.size(), first);
      column.append(rows(first, count));
      EXPECT_EQ(column.size(), first + count);
      column.flush();
      EXPECT_EQ(column.size(), first + count);
    }
    output.close();
  }

  std::string error_of_reopening(const std::vector<std::int64_t>& row_shape) const {
    Hdf5Output output(path(), "NAME", Hdf5Output::Mode::append);
    const std::string text =
        test::input_error([&] { ChunkedColumn::reopen(output, "a", row_shape, 1); });
    output.close();
    return text;
  }

  test::TemporaryFolder folder_;
};

TEST_F(ChunkedColumnTest, GoesOnWithinAChunkAndBehindIt) {
  std::int64_t written = 0;
  for (const std::int64_t count : {1, 2, 1, 4, 3, 2, 30, 1, 0, 3, 1000, 5}) {
    append(written, count);
    written += count;
    const Hdf5Handle file = open_hdf5(path());
    const Hdf5DataSet data(file.get(), path(), "a");
    EXPECT_EQ(data.shape(), (std::vector<std::int64_t>{written, row_size}));
    EXPECT_EQ(data.chunk_rows(), rows_per_chunk);
    EXPECT_EQ(data.read_all(), rows(0, written));
  }
}

TEST_F(ChunkedColumnTest, DoesNotGoOnWithWhatIsStoredInAnotherWay) {
  const std::string message =
      "a data set is not stored as ShowerGAN stores it (NAME, data set a); it can be read, but not "
      "continued: write another file";
  append(0, 5);
  EXPECT_EQ(error_of_reopening({row_size}), "no error");
  EXPECT_EQ(error_of_reopening({row_size + 1}), message);
  EXPECT_EQ(error_of_reopening({}), message);
  const std::vector<test::Chunking> others = {
      {},
      {.chunk = {4, 3}},
      {.chunk = {4, 3}, .deflate = true},
      {.chunk = {4, 3}, .shuffle = true, .deflate = true, .checksum = true},
      {.chunk = {4, 3}, .shuffle = true, .deflate = true, .type = H5T_IEEE_F64LE},
      {.chunk = {4, 3}, .shuffle = true, .deflate = true}};  // of a fixed number of rows
  for (const test::Chunking& how : others) {
    const hid_t file = H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    test::add_chunked(file, "a", {5, 3}, rows(0, 5), how);
    H5Fclose(file);
    EXPECT_EQ(error_of_reopening({row_size}), message);
  }
}

}  // namespace
}  // namespace showergan
