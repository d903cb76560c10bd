#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "physics/sample.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// Showers of a set whose images are kept.
struct ImageSelection {
  std::vector<std::int64_t> rows;  ///< in the set, in the order of the images
  std::vector<double> energy;      ///< (rows) of the primaries, GeV
  std::int64_t set_size = 0;
  Grid grid;
  double threshold = 0;  ///< GeV; cells below are 0
};

/// The images of some showers in memory: for each shower a bit for every cell, and the energies of
/// those that were read out. Takes 4.1 bytes per cell of a full image, about 8 kB for a shower of
/// 25³ cells; nothing is rounded.
class CompactImages {
 public:
  /// Room for the showers, whose images append() brings.
  explicit CompactImages(ImageSelection selection);
  explicit CompactImages(const Sample& sample);

  /// The next showers of the set, in its order; those that are not selected are passed over.
  /// Throws InputError if there are more than the set holds.
  void append(const ShowerBatch& batch);

  std::int64_t size() const noexcept { return static_cast<std::int64_t>(selection_.rows.size()); }
  std::span<const std::int64_t> rows() const noexcept { return selection_.rows; }
  /// (size) GeV
  std::span<const double> energy() const noexcept { return selection_.energy; }
  const Grid& grid() const noexcept { return selection_.grid; }
  double threshold() const noexcept { return selection_.threshold; }

  /// The image of selected shower `i`, [x][y][z] in GeV; cells below the threshold are 0.
  void expand(std::int64_t i, std::span<float> image) const;

  /// The largest number of images on such a grid that takes no more than `bytes`, whatever they
  /// hold.
  static std::int64_t capacity(const Grid& grid, std::int64_t bytes);

 private:
  struct Image {
    std::vector<std::uint64_t> occupied;  ///< bits, in the order of the cells
    std::vector<float> energies;
  };
  Image compact(std::span<const float> image) const;

  ImageSelection selection_;
  std::vector<std::int64_t> place_;  ///< in the selection, of each row of the set; −1: none
  std::vector<Image> images_;
  std::int64_t rows_ = 0;  ///< of the set so far
};

}  // namespace showergan::physics
