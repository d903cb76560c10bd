#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "physics/sample.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// The images of a sample in memory: for each shower a bit for every cell, and the energies of
/// those that were read out. Takes 4.1 bytes per cell of a full image, about 8 kB for a shower of
/// 25³ cells; nothing is rounded.
class CompactImages {
 public:
  /// Room for the showers of `sample`, whose images append() brings. The set of the sample must
  /// outlive it.
  explicit CompactImages(Sample sample);

  /// The next showers of the set, in its order; those that are not in the sample are passed over.
  /// Throws InputError if there are more than the set holds.
  void append(const ShowerBatch& batch);

  const Sample& sample() const noexcept { return sample_; }
  const Grid& grid() const noexcept { return sample_.set().geometry().grid; }

  /// The image of shower `i` of the sample, [x][y][z] in GeV; cells below the threshold are 0.
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

  Sample sample_;
  std::vector<std::int64_t> place_;  ///< in the sample, of each row of the set; −1: none
  std::vector<Image> images_;
  std::int64_t rows_ = 0;  ///< of the set so far
};

}  // namespace showergan::physics
