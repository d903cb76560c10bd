#include "physics/calochallenge/shower_histogram.hpp"

#include "physics/calochallenge/protocol_axis.hpp"

namespace showergan::physics {

Binned binned_observable(const VoxelSet& reference, const ProtocolObservable& observable) {
  return {observable, protocol_edges(reference, observable)};
}

Binned binned_voxels(const VoxelSet& reference) {
  return {std::nullopt, {reference.voxel_edges().begin(), reference.voxel_edges().end()}};
}

ShowerHistogram::ShowerHistogram(const VoxelSet& set, const Binned& binned,
                                 std::span<const std::int64_t> rows)
    : set_(&set),
      rows_(rows),
      bins_(binned.edges.empty() ? 0 : binned.edges.size() - 1),
      of_voxels_(!binned.observable) {
  if (of_voxels_) return;
  for (const double value : values_of(set, *binned.observable, rows)) {
    const auto bin = bin_of(binned.edges, value);
    bin_.push_back(bin ? static_cast<std::int16_t>(*bin) : kOutside);
  }
}

void ShowerHistogram::add(std::size_t i, double times, std::span<double> counts) const {
  if (!of_voxels_) {
    if (bin_[i] != kOutside) counts[static_cast<std::size_t>(bin_[i])] += times;
    return;
  }
  const auto voxels = set_->voxel_counts(rows_[i]);
  for (std::size_t bin = 0; bin < counts.size(); ++bin) counts[bin] += times * voxels[bin];
}

std::vector<double> ShowerHistogram::sum() const {
  std::vector<double> counts(bins_);
  for (std::size_t i = 0; i < rows_.size(); ++i) add(i, 1, counts);
  return counts;
}

std::vector<double> ShowerHistogram::weighted(std::span<const std::uint16_t> times) const {
  std::vector<double> counts(bins_);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (times[i] > 0) add(i, times[i], counts);
  }
  return counts;
}

}  // namespace showergan::physics
