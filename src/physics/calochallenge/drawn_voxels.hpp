#pragma once

#include <string>
#include <vector>

#include "physics/calochallenge/shower_histogram.hpp"
#include "physics/calochallenge/voxel_set.hpp"
#include "physics/metric/metric_result.hpp"
#include "physics/report/figure.hpp"

namespace showergan::physics {

/// A candidate in the figures of the protocol.
struct DrawnCandidate {
  std::string label;
  const VoxelSet* set = nullptr;
  std::vector<MetricResult> metrics;  ///< of separation_metrics()
};

/// The sets that the figures of the protocol draw.
class DrawnVoxels {
 public:
  /// The sets must outlive it.
  DrawnVoxels(const VoxelSet& reference, std::string label, std::vector<DrawnCandidate> candidates);

  const VoxelSet& reference() const noexcept { return *reference_; }
  const std::vector<DrawnCandidate>& candidates() const noexcept { return candidates_; }

  /// An empty figure with the legends of the sets.
  Figure figure(std::string name, std::string title, std::size_t columns) const;

  /// The histograms of the protocol: percentage of what is counted per bin, with the error of the
  /// counts; logarithmic in x if the bins are.
  Panel histogram(const Binned& binned, std::string title, std::string x_label) const;

  /// Mean of a quantity over the showers against the layer, with its statistical error; with
  /// `spread` the standard deviation, whose error is that of a normal distribution. Layers in which
  /// it means nothing are left out.
  Panel by_layer(LayerQuantity quantity, bool spread, std::string title, std::string y_label) const;

  /// The separation powers of a quantity against the layer, with the floor as the reference.
  Panel separations(LayerQuantity quantity, std::string title) const;

 private:
  const VoxelSet* reference_;
  std::string label_;
  std::vector<DrawnCandidate> candidates_;
};

}  // namespace showergan::physics
