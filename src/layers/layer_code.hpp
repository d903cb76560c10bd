#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "flow/layer_graph.hpp"
#include "physics/image_geometry.hpp"

namespace showergan::layers {

/// What a shower holds in each layer, in `geometry.grid.nz` numbers each. Centre and width are
/// those of the layer's core, see flow::kReach.
struct Layers {
  std::vector<double> energy;  ///< GeV; 0 of an empty layer
  std::vector<double> centre_x;
  std::vector<double> centre_y;
  std::vector<double> width_x;
  std::vector<double> width_y;
};

/// The layers of a shower as numbers for a flow to learn, without bounds and without spikes but for
/// the widths, which have a network of their own (flow/width_network.hpp). With n
/// layers of energies E_l, the geometry's layer weights w_l, and e_l = w_l E_l:
///
///     code[0]                 depth: mean l, weighted by e_l, layers
///     code[1]                 length: its standard deviation, layers
///     code[2], code[3]        position: mean centre along x and y, weighted by √e_l, cells
///     code[4]                 ln Σ e_l / Ep
///     code[5 + l]             logit of e_l / Σ_{j ≥ l} e_j, for all layers but the last
///     code[4 + n + l]         centre along x, cells
///     code[4 + 2n + l]        centre along y, cells
///     code[4 + 3n + l]        width along x, cells
///     code[4 + 4n + l]        width along y, cells
///
/// Each layer's share of what is left behind it is the parametrisation of CaloFlow
/// (arXiv:2106.05285). The first four follow from the others but for some noise
/// (standard deviations 0.03 layers and 0.05 cells): given what the whole shower is like, how deep
/// it began and where it goes, its layers are nearly normal and independent numbers, which they are
/// not by themselves. Decoding does not read them.
///
/// An empty layer has an energy below the threshold, drawn at random: a flow cannot put a finite
/// probability on a single number. Decoding makes it 0 again. The centre of a layer of one column
/// (width below flow::kLeastWidth, and 0 in the code) is spread by ±0.15 cells, and decoding puts
/// it back.
class LayerCode {
 public:
  explicit LayerCode(physics::ImageGeometry geometry);

  const physics::ImageGeometry& geometry() const noexcept { return geometry_; }
  std::int64_t layers() const noexcept { return geometry_.grid.nz; }
  std::int64_t size() const { return layer_geometry().code_size(); }
  /// What the nodes that decode need to know.
  flow::LayerGeometry layer_geometry() const {
    return {geometry_.layer_weights, geometry_.threshold, {geometry_.grid.nx, geometry_.grid.ny}};
  }

  /// Layers of an image ([x][y][z], GeV), without what is below the threshold.
  Layers measure(std::span<const float> image) const;

  /// `code` (size()) of the layers of a shower that holds energy; `energy` of the primary in GeV.
  /// What is drawn depends on `seed` and `index` only.
  void encode(const Layers& layers, double energy, std::uint64_t seed, std::uint64_t index,
              std::span<float> code) const;

  /// The layers that a code stands for.
  Layers decode(std::span<const float> code, double energy) const;

 private:
  physics::ImageGeometry geometry_;
};

}  // namespace showergan::layers
