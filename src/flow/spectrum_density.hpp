#pragma once

#include <string>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// Values of which each has a spectrum (CellSpectrum), and how likely they are.
struct SpectrumDensity {
  /// (n) Minus the logarithm of the density of ln E, or of the probability that there is nothing,
  /// without ln(2π)/2.
  nn::NodeId loss = 0;
  nn::NodeId noise = 0;  ///< (n) z with which append_cell_spectrum() makes E; any number for E = 0
};

/// The inverse of append_cell_spectrum() with derivatives everywhere: `numbers`
/// (CellSpectrum::numbers, n) and `values` E (n), of which those that are 0 are nothing. The
/// probability Φ(m) is taken as 1 / (1 + exp(−1.5976 m − 0.070566 m³)), within 2e-4.
SpectrumDensity append_spectrum_density(nn::Graph& graph, const std::string& prefix,
                                        nn::NodeId numbers, nn::NodeId values);

}  // namespace showergan::flow
