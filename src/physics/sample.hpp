#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "physics/shower_set.hpp"

namespace showergan::physics {

/// Some showers of a set, by row and in order of primary energy. A row may come more than once. The
/// set must outlive it.
class Sample {
 public:
  /// All showers of the set; those of equal energy stay in the order of the set.
  explicit Sample(const ShowerSet& set);
  Sample(const ShowerSet& set, std::vector<std::int64_t> rows);

  const ShowerSet& set() const noexcept { return *set_; }
  std::int64_t size() const noexcept { return static_cast<std::int64_t>(rows_.size()); }
  std::span<const std::int64_t> rows() const noexcept { return rows_; }

  std::vector<double> energy() const;
  std::vector<double> column(Observable observable) const;
  /// (width) mean over the showers of each slice, layer or ring.
  std::vector<double> mean_profile(Profile profile) const;
  /// (bins) number of cells of all showers in each bin.
  std::vector<double> summed_spectrum(Spectrum spectrum) const;

 private:
  const ShowerSet* set_;
  std::vector<std::int64_t> rows_;
};

/// `size` showers, evenly over the sample in its order, so that the energy spectrum stays what it
/// is; the sample itself if it has no more than that.
Sample thin(const Sample& sample, std::int64_t size);

/// Neighbours in energy dealt alternately to two halves of equal size; of an odd number the last
/// shower is left out.
std::pair<Sample, Sample> deal(const Sample& sample);

}  // namespace showergan::physics
