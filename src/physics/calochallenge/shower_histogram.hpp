#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "physics/calochallenge/protocol_observable.hpp"

namespace showergan::physics {

/// What is counted, and in which bins.
struct Binned {
  /// None: the energies of all voxels, in the bins of the sets.
  std::optional<ProtocolObservable> observable;
  std::vector<double> edges;  ///< empty: nothing is counted
};

/// In the bins that protocol_edges() gives.
Binned binned_observable(const VoxelSet& reference, const ProtocolObservable& observable);
Binned binned_voxels(const VoxelSet& reference);

/// What some showers of a set add to a histogram, shower by shower.
class ShowerHistogram {
 public:
  /// `set` and `rows` must outlive it.
  ShowerHistogram(const VoxelSet& set, const Binned& binned, std::span<const std::int64_t> rows);

  /// (bins) counts of all showers.
  std::vector<double> sum() const;
  /// (bins) counts with each shower as often as `times` (rows) says.
  std::vector<double> weighted(std::span<const std::uint16_t> times) const;

 private:
  static constexpr std::int16_t kOutside = -1;
  void add(std::size_t i, double times, std::span<double> counts) const;

  const VoxelSet* set_;
  std::span<const std::int64_t> rows_;
  std::size_t bins_ = 0;
  bool of_voxels_ = false;
  std::vector<std::int16_t> bin_;  ///< (rows) of an observable
};

}  // namespace showergan::physics
