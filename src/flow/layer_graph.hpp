#pragma once

#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// The layers whose energies, centres and widths are drawn, and where their numbers stand in a code
/// (layers::LayerCode).
struct LayerGeometry {
  std::vector<double> weights;          ///< of each layer's energy in the response
  double threshold = 1e-6;              ///< GeV; a layer that holds less is empty
  std::array<std::int64_t, 2> cells{};  ///< in x and in y

  std::int64_t layers() const noexcept { return std::ssize(weights); }
  std::int64_t code_size() const noexcept { return widths() + 2 * layers(); }
  /// First of the numbers of the whole shower, of the energies, centres and widths.
  static constexpr std::int64_t whole() noexcept { return 0; }
  static constexpr std::int64_t energies() noexcept { return 4; }
  std::int64_t centres() const noexcept { return energies() + layers(); }
  std::int64_t widths() const noexcept { return centres() + 2 * layers(); }
  /// Whether the axis lies between two cells, in x (0) or y (1).
  bool between_cells(std::int64_t axis) const noexcept {
    return cells[static_cast<std::size_t>(axis)] % 2 == 0;
  }
};

/// A width below the first, in cells, is none, and none is larger than the second: what a flow
/// draws far from all showers must not become infinite, which would spoil the layers beside it as
/// well.
inline constexpr double kLeastWidth = 0.03;
inline constexpr double kMostWidth = 16;

/// Cells beyond some times this distance (from the axis in a layer's centre, from the centre in its
/// width) count as one another: a cell alone at the edge of the image can carry most of a layer's
/// second moment, and which cell that is cannot be told by any number of the layer. Centre and
/// width are of the core, then; far cells are left to chance. With means ⟨·⟩ weighted by energy,
/// positions x from the axis in cells and r = kReach:
///
///     centre = ⟨bent(x)⟩,         bent(x) = 2r tanh(x / 2r)
///     width  = r √(q / (1 − q)),  q = ⟨u² / (u² + r²)⟩,  u = x − bent⁻¹(centre)
///
/// which for small distances are the mean and the root of the variance. The width of a single
/// column of cells is 0 wherever it is.
inline constexpr double kReach = 2;                    // cells
inline constexpr double kFarthestCentre = 2 * kReach;  // from the axis

/// bent(x), and its inverse for positions within ±kFarthest: as numbers, and as a node of any
/// shape.
inline constexpr double kFarthest = 24;  // cells
double bent(double position);
double straight(double centre);
nn::NodeId append_straight(nn::Graph& graph, const std::string& prefix, nn::NodeId centres);

/// layers::LayerCode::decode() as nodes of a graph.
struct LayerNodes {
  nn::NodeId energy = 0;  ///< (layers) GeV
  nn::NodeId shape = 0;   ///< (4, layers) centre_x, centre_y, width_x, width_y, cells
};

/// ln E_l in GeV, (layers), from the code's `energies` (layers) and the primary's energy (1) in
/// GeV.
nn::NodeId append_log_energies(nn::Graph& graph, const LayerGeometry& layers,
                               const std::string& prefix, nn::NodeId energies, nn::NodeId primary);

/// Widths as they are told: those below kLeastWidth, and those of empty layers, become 0. `widths`
/// (layers).
nn::NodeId append_true_widths(nn::Graph& graph, const LayerGeometry& layers,
                              const std::string& prefix, nn::NodeId log_energies,
                              nn::NodeId widths);

/// Layers of `log_energies` (layers), and of the code's `centres` and of true `widths`, (2 ·
/// layers) each. The centre of a layer without a width is that of the nearest column of cells.
LayerNodes append_layers(nn::Graph& graph, const LayerGeometry& layers, const std::string& prefix,
                         nn::NodeId log_energies, nn::NodeId centres, nn::NodeId widths);

}  // namespace showergan::flow
