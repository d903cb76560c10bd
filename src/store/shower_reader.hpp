#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shower/shower_batch.hpp"
#include "store/provenance.hpp"
#include "store/shower_layout.hpp"

namespace showergan {

struct ReadOptions {
  /// Binning XML of a CaloChallenge file; empty: `NAME.binning.xml` beside the file.
  std::filesystem::path binning{};
  /// GeV per stored unit of a cell, instead of what the file or its layout says.
  std::optional<double> scale{};
  /// Threads that decompress.
  int threads = 1;
};

/// A file of showers in one of the layouts of ShowerLayout, recognised by its data sets.
///
/// Showers are read in ranges, so memory is bounded by the range. Everything is checked on the way:
/// a file that is missing, foreign, truncated, empty or of wrong shape is refused by the
/// constructor, a shower that is not physical (a cell or an escaped energy that is not finite or
/// negative, a primary energy that is not positive, an angle or a position that is not finite) by
/// read(). Errors are InputError and name file, data set and row (counted from 0).
///
/// Beside cells and energies, files of all layouts may have the columns of shower_columns.hpp;
/// what a file does not have is empty in a batch.
class ShowerReader {
 public:
  explicit ShowerReader(const std::filesystem::path& path, const ReadOptions& options = {});
  ~ShowerReader();
  ShowerReader(ShowerReader&&) noexcept;
  ShowerReader& operator=(ShowerReader&&) noexcept;

  const std::filesystem::path& path() const noexcept;
  std::int64_t size() const noexcept;  ///< number of showers, at least 1
  Grid grid() const noexcept;
  ShowerLayout layout() const noexcept;
  /// What the three indices of an image are: "x, y, z" unless the file says otherwise.
  const std::string& axes() const noexcept;
  double scale() const noexcept;  ///< GeV per stored unit of a cell
  /// Showers that are stored together: reading a part of them costs as much as reading all. 0 if
  /// the cells are not in chunks.
  std::int64_t chunk_rows() const noexcept;
  bool has_theta() const noexcept;
  bool has_phi() const noexcept;
  bool has_impact() const noexcept;  ///< both coordinates
  const Provenance& provenance() const noexcept;
  /// All root attributes as text, sorted by name.
  const std::vector<std::pair<std::string, std::string>>& attributes() const noexcept;

  /// The primary energies of these showers, GeV, without their images.
  std::vector<float> read_energies(std::int64_t first, std::int64_t count) const;

  /// The same of all columns that the file has, checked, in a batch without cells.
  ShowerBatch read_primaries(std::int64_t first, std::int64_t count) const;

  /// Showers [first, first + count), which must be in the file. May be called by several threads at
  /// once.
  ShowerBatch read(std::int64_t first, std::int64_t count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace showergan
