#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "shower/shower_batch.hpp"
#include "store/binning.hpp"
#include "store/provenance.hpp"

namespace showergan {

struct WriteOptions {
  Provenance provenance;
  /// CaloChallenge layout instead of 3DGAN's.
  bool calochallenge = false;
  /// Voxels of a CaloChallenge file; absent: one per cell (cartesian_binning()).
  std::optional<Binning> binning;
  /// What the three indices of an image are.
  std::string axes = "x, y, z";
  /// Overwrite an existing file.
  bool force = false;
  /// Threads that compress.
  int threads = 1;
  /// Showers that will come, if known: fewer than 64 fill one chunk of their own number, because a
  /// chunk is compressed whole.
  std::optional<std::int64_t> expected = std::nullopt;
};

/// Writes showers to a file, batch after batch; the file appears under its name when finish() has
/// returned, and never half-written.
///
/// 3DGAN layout: `ECAL` (N, nx, ny, nz) in GeV, `energy` (N) in GeV, and `theta`, `phi` (N) in rad
/// if the first batch has them. CaloChallenge layout: `showers` (N, voxels) and `incident_energies`
/// (N, 1) in MeV, and the binning in `NAME.binning.xml` beside the file. Every data set states its
/// unit; the root states format version, units and provenance. Stored in chunks of 64 showers
/// (fewer if they are large or fewer are expected), byte-shuffled and gzip-compressed.
///
/// Errors: InputError for an existing file, a missing folder, a shower outside the binning or one
/// that is not physical (a cell that is not finite or negative, a primary energy that is not
/// positive), Error for a full disk; after an Error nothing is left behind.
class ShowerWriter {
 public:
  ShowerWriter(const std::filesystem::path& path, const Grid& grid,
               const WriteOptions& options = {});
  ~ShowerWriter();
  ShowerWriter(const ShowerWriter&) = delete;
  ShowerWriter& operator=(const ShowerWriter&) = delete;

  /// Appends the showers of a batch: all batches have the same grid and the same angles.
  void write(const ShowerBatch& batch);

  /// Completes the file. Throws Error if no shower was written.
  void finish();

  std::int64_t written() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace showergan
