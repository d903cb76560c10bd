#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/hdf5_output.hpp"

namespace showergan {

/// A float32 data set that grows by rows, stored in byte-shuffled, gzip-compressed chunks.
///
/// The chunks are compressed here, several at once, and handed to HDF5 as they are, because HDF5
/// compresses with one thread only and that takes longer than generating the showers. Any HDF5
/// program reads the result.
class ChunkedColumn {
 public:
  /// A new data set. `row_shape` is the shape of one row (empty: one number). Throws Error.
  ChunkedColumn(const Hdf5Output& output, const std::string& name,
                const std::vector<std::int64_t>& row_shape, std::int64_t rows_per_chunk,
                int threads);

  /// A data set that this class has written, to be continued: the rows of its last chunk, if that
  /// is not full, are taken out of the file and held back again. Throws InputError if it is stored
  /// in any other way, and Error.
  static ChunkedColumn reopen(const Hdf5Output& output, const std::string& name,
                              const std::vector<std::int64_t>& row_shape, int threads);

  /// For attributes.
  hid_t id() const noexcept { return data_set_.get(); }

  /// Rows in the file and held back.
  std::int64_t size() const noexcept {
    return static_cast<std::int64_t>(rows_ + pending_.size() / row_size_);
  }

  /// Appends whole rows. Throws Error if the disk is full.
  void append(std::span<const float> rows);

  /// Writes what is still held back; after that nothing can be appended, unless the last chunk was
  /// full. Throws Error.
  void flush();

 private:
  ChunkedColumn(const Hdf5Output& output, const std::vector<std::int64_t>& row_shape, int threads);
  void set_rows_per_chunk(std::int64_t rows);
  void set_extent(hsize_t rows);
  void take_back(hsize_t rows);
  void write_chunks(hsize_t first, std::int64_t chunks);

  const Hdf5Output& output_;
  std::vector<hsize_t> chunk_;  ///< shape: rows per chunk, row shape
  std::size_t row_size_ = 1;    ///< numbers in a row
  std::size_t chunk_size_ = 1;  ///< numbers in a chunk
  int threads_;
  std::vector<float> pending_;  ///< rows that are not yet in the file
  hsize_t rows_ = 0;            ///< rows in the file
  Hdf5Handle data_set_;
};

}  // namespace showergan
