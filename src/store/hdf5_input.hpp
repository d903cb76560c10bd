#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/hdf5_handle.hpp"
#include "store/raw_chunks.hpp"

namespace showergan {

/// Opens an HDF5 file for reading. Throws InputError if it is missing, a folder, not readable, not
/// HDF5 or truncated.
Hdf5Handle open_hdf5(const std::filesystem::path& path);

/// As open_hdf5, but an empty handle instead of an error.
Hdf5Handle try_open_hdf5(const std::filesystem::path& path);

/// Whether the root of a file has a data set of that name.
bool has_data_set(hid_t file, const std::string& name);

/// A numeric data set of an open file, read as float32 whatever number type it is stored in.
class Hdf5DataSet {
 public:
  /// `path` is for messages. Throws InputError if there is no such data set or it holds no numbers.
  Hdf5DataSet(hid_t file, const std::filesystem::path& path, const std::string& name);

  hid_t id() const noexcept { return id_.get(); }
  const std::string& name() const noexcept { return name_; }
  const std::vector<std::int64_t>& shape() const noexcept { return shape_; }
  /// "(2000, 25, 25, 25)"
  std::string shape_text() const;

  /// "FILE, data set ECAL" for messages.
  std::string where() const;

  /// The block of that size at that place, row-major. Throws InputError if the data are damaged.
  std::vector<float> read(const std::vector<std::int64_t>& first,
                          const std::vector<std::int64_t>& count) const;
  /// Rows [first, first + count) of the first axis. What covers whole chunks is decompressed by
  /// `threads` threads where RawChunks can, the rest by HDF5, which keeps its last chunks: reading
  /// on in small ranges decompresses each chunk once. May be called by several threads at once.
  std::vector<float> read_rows(std::int64_t first, std::int64_t count, int threads = 1) const;
  std::vector<float> read_all() const;

  /// Rows that are stored together, in one chunk or chunks side by side; 0 without chunks.
  std::int64_t chunk_rows() const noexcept { return chunk_rows_; }

 private:
  void read_into(const std::vector<std::int64_t>& first, const std::vector<std::int64_t>& count,
                 std::span<float> values) const;
  void read_rows_into(std::int64_t first, std::int64_t count, std::span<float> values) const;

  std::filesystem::path path_;
  std::string name_;
  Hdf5Handle id_;
  std::vector<std::int64_t> shape_;
  std::int64_t chunk_rows_ = 0;
  std::optional<RawChunks> raw_;
};

/// "(2000, 25)"
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace showergan
