#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/binning.hpp"
#include "store/provenance.hpp"

namespace showergan {

/// How a ShowerWriter writes.
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
  /// Append to an existing file of the same run: same layout, grid, axes and provenance. Then
  /// `force` has no meaning. Where there is no file, the writer starts one.
  bool resume = false;
  /// Threads that compress.
  int threads = 1;
  /// Showers that will come, if known: fewer than 64 fill one chunk of their own number, because a
  /// chunk is compressed whole. A file that is resumed keeps its chunks.
  std::optional<std::int64_t> expected = std::nullopt;
};

}  // namespace showergan
