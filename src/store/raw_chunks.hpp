#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "store/compression.hpp"
#include "store/hdf5_handle.hpp"

namespace showergan {

/// Reads float32 data sets in chunks that HDF5 only fetches, and that are decoded here by several
/// threads at once: HDF5's own reading decompresses under its one global lock.
///
/// It covers what ChunkCoding lists. Whatever is unusual about a single chunk (not in the file, a
/// filter left out, damaged) is left to HDF5's own reading, which has the last word.
class RawChunks {
 public:
  /// Absent if the data set is of another number type, not chunked or filtered in another way.
  /// Needs the Hdf5Lock.
  static std::optional<RawChunks> find(hid_t data_set);

  /// Rows (of the first axis) of one chunk.
  std::int64_t rows() const noexcept { return static_cast<std::int64_t>(chunk_[0]); }

  /// Decodes rows [first, first + count) into `out`, row-major. `first` is a multiple of rows(),
  /// and so is `count` unless the range ends with the data set. Returns the first rows of those
  /// steps of rows() rows that HDF5 has to read. Must not be called under the Hdf5Lock.
  std::vector<std::int64_t> read(hid_t data_set, std::int64_t first, std::int64_t count,
                                 std::span<float> out, int threads) const;

 private:
  /// What one thread works with.
  struct Workspace {
    ChunkDecoder decoder;
    std::vector<std::byte> stored;
    std::vector<float> numbers;
  };

  RawChunks() = default;
  std::vector<hsize_t> origin(hsize_t first_row, hsize_t number) const;
  bool whole(const std::vector<hsize_t>& origin) const;
  bool fetch(hid_t data_set, const std::vector<hsize_t>& origin, Workspace& work) const;
  bool decode(const std::vector<hsize_t>& origin, Workspace& work, std::span<float> slab) const;
  void scatter(std::span<const float> chunk, const std::vector<hsize_t>& origin,
               std::span<float> slab) const;

  ChunkCoding coding_ = ChunkCoding::plain;
  std::vector<hsize_t> shape_;  ///< of the data set
  std::vector<hsize_t> chunk_;  ///< shape of a chunk
  std::size_t chunk_size_ = 1;  ///< numbers in a chunk
  std::size_t row_size_ = 1;    ///< numbers in a row of the data set
};

}  // namespace showergan
