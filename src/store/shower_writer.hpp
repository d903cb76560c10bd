#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "shower/shower_batch.hpp"
#include "store/write_options.hpp"

namespace showergan {

/// Writes showers to a file, batch after batch; the file appears under its name when finish() has
/// returned, or checkpoint() before that, and never half-written.
///
/// 3DGAN layout: `ECAL` (N, nx, ny, nz) in GeV, `energy` (N) in GeV, and those of `theta`, `phi`
/// (N) in rad, `impact_x`, `impact_y` (N) in mm and `escaped` (N) in GeV that the first batch has.
/// CaloChallenge layout: `showers` (N, voxels) and `incident_energies` (N, 1) in MeV, the binning
/// in `NAME.binning.xml` beside the file, and the same other data sets, `escaped` in MeV. Every
/// data set states its unit; the root states format version, units and provenance. Stored in chunks
/// of 64 showers (fewer if they are large or fewer are expected), byte-shuffled and
/// gzip-compressed.
///
/// A run that takes long makes checkpoints, and goes on from the last one with
/// WriteOptions::resume. The numbers in the file are the same bits then as without them.
///
/// Errors: InputError for an existing file, a missing folder, a file that cannot be resumed, a
/// shower outside the binning, of other columns than those before or one that is not physical (a
/// cell or an escaped energy that is not finite or negative, a primary energy that is not positive,
/// an angle or a position that is not finite), Error for a full disk. What write() refuses
/// with an InputError is not appended, and the next batch may come; after any other error the
/// writer can only be destroyed. Then the last checkpoint stays, or the file that was there before,
/// and nothing else.
class ShowerWriter {
 public:
  ShowerWriter(const std::filesystem::path& path, const Grid& grid,
               const WriteOptions& options = {});
  ~ShowerWriter();
  ShowerWriter(const ShowerWriter&) = delete;
  ShowerWriter& operator=(const ShowerWriter&) = delete;

  /// Appends the showers of a batch: all batches have the same grid and the same columns.
  void write(const ShowerBatch& batch);

  /// Puts the showers written so far under the final name, as a complete file on the disk that
  /// replaces the last checkpoint at once; then goes on with a copy of it. So it needs the size of
  /// the file twice on the disk, and the time to copy it. Does nothing before the first shower.
  void checkpoint();

  /// States what one shower took to make, as attributes of the file: wall-clock milliseconds on so
  /// many threads, writing not counted. Throws Error if the disk is full.
  void state_time(double milliseconds, int threads);

  /// Completes the file. Throws Error if no shower was written.
  void finish();

  /// Showers in the file, with those that were there when it was resumed.
  std::int64_t written() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace showergan
