#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/layer_graph.hpp"
#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// What mean and ln spread of a code's numbers are linear in (layers::LayerRegressors computes the
/// same from showers). With the condition's features f, the energy's feature e among them; the
/// residuals (number − mean) / spread of the whole shower's depth d, length s and position t along
/// the number's axis, within ±kMostResidual; and of the number's own layer, x = ln(E_l / threshold)
/// / 5 − 2, not below −2:
///
///     energies   f, d, s, d², d·s, s², d³, d·e, s·e, d²·e
///     centres    f;        x, x², t, t·x, t², t³
///     widths     f, as normal numbers (flow/width_network.hpp)
///
/// where those after the semicolon are the layer's own.
inline constexpr double kMostResidual = 8;

/// How many there are, of all layers and of the layer's own.
inline constexpr std::int64_t kEnergyRegressors = 9;  // besides f
inline constexpr std::int64_t kCentreRegressors = 6;

/// The residuals of the whole shower's numbers, within ±kMostResidual.
struct WholeShower {
  nn::NodeId depth = 0;     ///< (1)
  nn::NodeId length = 0;    ///< (1)
  nn::NodeId position = 0;  ///< (2, 1, 1) along x and y
};

/// From the residuals (4) of the whole shower's numbers.
WholeShower append_whole_shower(nn::Graph& graph, const std::string& prefix, nn::NodeId residuals);

/// What regressors of layers are made of.
struct RegressorNodes {
  nn::NodeId features = 0;  ///< f
  nn::NodeId energy = 0;    ///< (1) e
  WholeShower whole;
  nn::NodeId scaled_energies = 0;  ///< (1, layers, 1) x; not for those of energies
};

/// x of each layer, (1, layers, 1), from ln E_l in GeV, (layers).
nn::NodeId append_scaled_energies(nn::Graph& graph, const LayerGeometry& layers,
                                  const std::string& prefix, nn::NodeId log_energies);

nn::NodeId append_energy_regressors(nn::Graph& graph, const std::string& prefix,
                                    const RegressorNodes& nodes);
/// (2, layers, kCentreRegressors) of each layer, first those of its centre along x.
nn::NodeId append_centre_regressors(nn::Graph& graph, const LayerGeometry& layers,
                                    const std::string& prefix, const RegressorNodes& nodes);

}  // namespace showergan::flow
