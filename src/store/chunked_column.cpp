#include "store/chunked_column.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "store/compression.hpp"

namespace showergan {

ChunkedColumn::ChunkedColumn(const Hdf5Output& output, const std::string& name,
                             const std::vector<std::int64_t>& row_shape,
                             std::int64_t rows_per_chunk, int threads)
    : output_(output), chunk_(row_shape.begin(), row_shape.end()), threads_(threads) {
  for (const hsize_t n : chunk_) row_size_ *= static_cast<std::size_t>(n);
  chunk_size_ = row_size_ * static_cast<std::size_t>(rows_per_chunk);
  chunk_.insert(chunk_.begin(), static_cast<hsize_t>(rows_per_chunk));
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
  const hsize_t rows = rows_ + pending_.size() / row_size_;
  pending_.resize(chunks * chunk_size_);  // a chunk is stored whole
  std::vector<hsize_t> extent = chunk_;
  extent[0] = rows;
  output_.check(H5Dset_extent(data_set_.get(), extent.data()) >= 0);
  write_chunks(static_cast<std::int64_t>(chunks));
  rows_ = rows;
  pending_.clear();
}

void ChunkedColumn::write_chunks(std::int64_t chunks) {
  std::vector<std::vector<std::byte>> packed(static_cast<std::size_t>(chunks));
  parallel_for(threads_, chunks, [&](std::int64_t i, int) {
    const auto chunk = static_cast<std::size_t>(i);
    packed[chunk] = compress_chunk(std::span(pending_).subspan(chunk * chunk_size_, chunk_size_));
  });
  std::vector<hsize_t> offset(chunk_.size(), 0);
  offset[0] = rows_;
  for (const std::vector<std::byte>& bytes : packed) {
    output_.check(H5Dwrite_chunk(data_set_.get(), H5P_DEFAULT, 0, offset.data(), bytes.size(),
                                 bytes.data()) >= 0);
    offset[0] += chunk_[0];
  }
}

}  // namespace showergan
