#include "store/chunked_column.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "store/compression.hpp"

namespace showergan {
namespace {

/// Rows per chunk of a data set that is stored as a ChunkedColumn stores rows of that shape
/// (`shape`: any number, row shape); 0 for any other.
std::int64_t our_rows_per_chunk(hid_t data_set, const std::vector<hsize_t>& shape) {
  const Hdf5Handle type(H5Dget_type(data_set), H5Tclose);
  const Hdf5Handle creation(H5Dget_create_plist(data_set), H5Pclose);
  if (!creation || H5Tequal(type.get(), H5T_IEEE_F32LE) <= 0) return 0;
  if (H5Pget_layout(creation.get()) != H5D_CHUNKED || H5Pget_nfilters(creation.get()) != 2) {
    return 0;
  }
  const auto filter = [&](unsigned number) {
    unsigned flags = 0;
    std::size_t values = 0;
    return H5Pget_filter2(creation.get(), number, &flags, &values, nullptr, 0, nullptr, nullptr);
  };
  if (filter(0) != H5Z_FILTER_SHUFFLE || filter(1) != H5Z_FILTER_DEFLATE) return 0;
  std::vector<hsize_t> chunk(H5S_MAX_RANK);
  const int rank = H5Pget_chunk(creation.get(), H5S_MAX_RANK, chunk.data());
  chunk.resize(static_cast<std::size_t>(std::max(rank, 1)));
  const bool same =
      chunk.size() == shape.size() && std::equal(chunk.begin() + 1, chunk.end(), shape.begin() + 1);
  return same ? static_cast<std::int64_t>(chunk[0]) : 0;
}

/// Rows of a data set to which rows can be added without end; −1 for any other.
std::int64_t rows_of(hid_t data_set) {
  const Hdf5Handle space(H5Dget_space(data_set), H5Sclose);
  hsize_t extent[H5S_MAX_RANK] = {};
  hsize_t most[H5S_MAX_RANK] = {};
  if (H5Sget_simple_extent_dims(space.get(), extent, most) < 1) return -1;
  return most[0] == H5S_UNLIMITED ? static_cast<std::int64_t>(extent[0]) : -1;
}

}  // namespace

ChunkedColumn::ChunkedColumn(const Hdf5Output& output, const std::vector<std::int64_t>& row_shape,
                             int threads)
    : output_(output), chunk_(row_shape.begin(), row_shape.end()), threads_(threads) {
  for (const hsize_t n : chunk_) row_size_ *= static_cast<std::size_t>(n);
  chunk_.insert(chunk_.begin(), 0);
}

ChunkedColumn::ChunkedColumn(const Hdf5Output& output, const std::string& name,
                             const std::vector<std::int64_t>& row_shape,
                             std::int64_t rows_per_chunk, int threads)
    : ChunkedColumn(output, row_shape, threads) {
  set_rows_per_chunk(rows_per_chunk);
  std::vector<hsize_t> extent = chunk_;
  std::vector<hsize_t> most = chunk_;
  extent[0] = 0;
  most[0] = H5S_UNLIMITED;
  const Hdf5Handle space(
      H5Screate_simple(static_cast<int>(chunk_.size()), extent.data(), most.data()), H5Sclose);
  const Hdf5Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_chunk(creation.get(), static_cast<int>(chunk_.size()), chunk_.data());
  H5Pset_shuffle(creation.get());
  H5Pset_deflate(creation.get(), compression_level);
  data_set_ = {H5Dcreate2(output.id(), name.c_str(), H5T_IEEE_F32LE, space.get(), H5P_DEFAULT,
                          creation.get(), H5P_DEFAULT),
               H5Dclose};
  output.check(static_cast<bool>(data_set_));
}

ChunkedColumn ChunkedColumn::reopen(const Hdf5Output& output, const std::string& name,
                                    const std::vector<std::int64_t>& row_shape, int threads) {
  ChunkedColumn column(output, row_shape, threads);
  column.data_set_ = {H5Dopen2(output.id(), name.c_str(), H5P_DEFAULT), H5Dclose};
  const std::int64_t rows_per_chunk = our_rows_per_chunk(column.id(), column.chunk_);
  const std::int64_t rows = rows_of(column.id());
  if (rows_per_chunk == 0 || rows < 0) {
    throw InputError("a data set is not stored as ShowerGAN stores it",
                     fmt::format("{}, data set {}", output.name().string(), name),
                     "it can be read, but not continued: write another file");
  }
  column.set_rows_per_chunk(rows_per_chunk);
  column.take_back(static_cast<hsize_t>(rows));
  return column;
}

void ChunkedColumn::set_rows_per_chunk(std::int64_t rows) {
  chunk_[0] = static_cast<hsize_t>(rows);
  chunk_size_ = row_size_ * static_cast<std::size_t>(rows);
}

void ChunkedColumn::set_extent(hsize_t rows) {
  std::vector<hsize_t> extent = chunk_;
  extent[0] = rows;
  output_.check(H5Dset_extent(data_set_.get(), extent.data()) >= 0);
  rows_ = rows;
}

/// Of a data set of so many rows, those behind the last full chunk become pending. HDF5 frees
/// their chunk, so that its place is there for the next one.
void ChunkedColumn::take_back(hsize_t rows) {
  const hsize_t full = rows / chunk_[0] * chunk_[0];
  rows_ = full;
  if (full == rows) return;
  std::vector<hsize_t> first(chunk_.size(), 0);
  std::vector<hsize_t> count = chunk_;
  first[0] = full;
  count[0] = rows - full;
  pending_.resize(static_cast<std::size_t>(count[0]) * row_size_);
  const hsize_t numbers = pending_.size();
  const Hdf5Handle in_memory(H5Screate_simple(1, &numbers, nullptr), H5Sclose);
  const Hdf5Handle in_file(H5Dget_space(data_set_.get()), H5Sclose);
  H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, first.data(), nullptr, count.data(), nullptr);
  output_.check(H5Dread(data_set_.get(), H5T_NATIVE_FLOAT, in_memory.get(), in_file.get(),
                        H5P_DEFAULT, pending_.data()) >= 0);
  set_extent(full);
}

void ChunkedColumn::append(std::span<const float> rows) {
  SHOWERGAN_EXPECT(rows.size() % row_size_ == 0);
  const std::size_t most = chunk_size_ * static_cast<std::size_t>(threads_);
  while (!rows.empty()) {
    const std::size_t part = std::min(rows.size(), most - pending_.size());
    pending_.insert(pending_.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(part));
    rows = rows.subspan(part);
    if (pending_.size() == most) flush();
  }
}

void ChunkedColumn::flush() {
  if (pending_.empty()) return;
  const std::size_t chunks = (pending_.size() + chunk_size_ - 1) / chunk_size_;
  const hsize_t first = rows_;
  set_extent(rows_ + pending_.size() / row_size_);
  pending_.resize(chunks * chunk_size_);  // a chunk is stored whole
  write_chunks(first, static_cast<std::int64_t>(chunks));
  pending_.clear();
}

/// Stores the pending rows as chunks; the first row is `first`.
void ChunkedColumn::write_chunks(hsize_t first, std::int64_t chunks) {
  std::vector<std::vector<std::byte>> packed(static_cast<std::size_t>(chunks));
  parallel_for(threads_, chunks, [&](std::int64_t i, int) {
    const auto chunk = static_cast<std::size_t>(i);
    packed[chunk] = compress_chunk(std::span(pending_).subspan(chunk * chunk_size_, chunk_size_));
  });
  std::vector<hsize_t> offset(chunk_.size(), 0);
  offset[0] = first;
  for (const std::vector<std::byte>& bytes : packed) {
    output_.check(H5Dwrite_chunk(data_set_.get(), H5P_DEFAULT, 0, offset.data(), bytes.size(),
                                 bytes.data()) >= 0);
    offset[0] += chunk_[0];
  }
}

}  // namespace showergan
