#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/calochallenge/layer_quantity.hpp"
#include "physics/calochallenge/protocol.hpp"
#include "physics/calochallenge/voxel_layer.hpp"
#include "shower/binning.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// The largest voxel of some showers, MeV; 0 if all are empty.
double largest_voxel(const ShowerBatch& batch);

/// The observables of a set of showers in the CaloChallenge layout, without their voxels: about
/// 36 bytes per shower and layer, and 200 for the spectrum of voxels. Energies are in MeV, as in
/// the files. Rows are in the order in which the showers were appended; how they were cut into
/// batches and how many threads worked makes no difference.
class VoxelSet {
 public:
  /// `voxel_edges` (MeV, ascending): bins of the energies of voxels; a bin holds its lower edge,
  /// the last one both.
  VoxelSet(const Binning& binning, const Protocol& protocol, std::vector<double> voxel_edges);

  /// Measures the showers of a batch, images as Binning describes them, on `threads` threads.
  /// Throws InputError if the grid is not that of the binning.
  void append(const ShowerBatch& batch, int threads);

  std::int64_t size() const noexcept { return static_cast<std::int64_t>(energy_.size()); }
  const Binning& binning() const noexcept { return binning_; }
  const Protocol& protocol() const noexcept { return protocol_; }
  const std::vector<VoxelLayer>& layers() const noexcept { return layers_; }
  std::span<const double> voxel_edges() const noexcept { return voxel_edges_; }

  /// (size) energies of the primaries, MeV.
  std::span<const double> energy() const noexcept { return energy_; }
  /// (size) sums of all voxels, MeV.
  std::span<const double> total() const noexcept { return total_; }
  /// (layers) of shower `row`.
  std::span<const float> quantity(LayerQuantity quantity, std::int64_t row) const;
  /// (bins) number of voxels of shower `row` in each bin.
  std::span<const std::uint32_t> voxel_counts(std::int64_t row) const;
  /// Showers without a voxel above the threshold.
  std::int64_t empty_showers() const;

 private:
  void resize(std::size_t size);
  void measure(std::span<const float> image, std::size_t row);

  Binning binning_;
  Protocol protocol_;
  std::vector<VoxelLayer> layers_;
  std::vector<double> voxel_edges_;
  std::vector<double> energy_;
  std::vector<double> total_;
  std::array<std::vector<float>, kLayerQuantities> quantities_;  ///< (size, layers)
  std::vector<std::uint32_t> voxel_counts_;                      ///< (size, bins)
};

}  // namespace showergan::physics
