#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "shower/shower_batch.hpp"
#include "store/chunked_column.hpp"
#include "store/hdf5_output.hpp"
#include "store/shower_columns.hpp"
#include "store/voxel_order.hpp"
#include "store/write_options.hpp"

namespace showergan {

/// The open HDF5 file of a ShowerWriter: header and data sets, and what goes into them as it is
/// stored. Needs the Hdf5Lock.
class ShowerOutput {
 public:
  /// Opens `file`, which messages call `name`; a CaloChallenge layout needs its binning in the
  /// options. With Mode::append the file is one that this class has closed. Throws Error, and
  /// InputError for a file that was stored by others.
  ShowerOutput(const std::filesystem::path& file, const std::filesystem::path& name,
               const Grid& grid, const WriteOptions& options, Hdf5Output::Mode mode);

  /// Appends showers. The first ones decide which columns there are. Throws InputError, before
  /// anything is appended, if these have others or have energy outside the voxels; Error if the
  /// disk is full.
  void append(const ShowerBatch& batch);

  /// States what one shower took to make, in place of what was stated before. Throws Error if the
  /// disk is full.
  void state_time(double milliseconds, int threads);

  std::int64_t size() const noexcept { return size_; }

  /// Completes and closes the file. Throws Error.
  void close();

 private:
  void create(const Grid& grid);
  void reopen(const Grid& grid);
  std::vector<std::int64_t> row_shape(const Grid& grid) const;
  ChunkedColumn add(const std::string& name, const std::vector<std::int64_t>& row_shape,
                    std::int64_t rows_per_chunk, const std::string& unit);
  const char* stored_unit(ColumnKind kind) const;
  void check_columns(const ShowerBatch& batch) const;
  void check_voxels(const ShowerBatch& batch) const;
  void add_columns(const ShowerBatch& batch);
  void append_energies(ChunkedColumn& column, const std::vector<float>& energies);
  void append_voxels(const ShowerBatch& batch);

  WriteOptions options_;
  std::optional<VoxelOrder> voxels_;  ///< of the CaloChallenge layout
  Hdf5Output output_;
  std::optional<ChunkedColumn> cells_;
  std::optional<ChunkedColumn> energy_;
  std::array<std::optional<ChunkedColumn>, shower_columns.size()> columns_;
  std::int64_t size_ = 0;
};

}  // namespace showergan
