#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// The distribution of a cell's energy E, with two numbers of normal noise for each cell, u and z:
///
///     E = 0                        if u + m ≤ 0, so that a cell is hit with probability Φ(m)
///     E = exp(c + ∫_0^z s(t) dt)   elsewhere, MeV
///
/// The slope s of the quantile function of ln E is a line between knots k_i, at which it is
/// e^{s_i}, and constant beyond the first and the last. It is positive and continuous, and so is
/// the density: jumps of a density are what gradients of its likelihood do not see.
struct CellSpectrum {
  static constexpr std::array<double, 9> knots = {-3, -2, -1.2, -0.6, 0, 0.6, 1.2, 2, 3};
  static constexpr std::size_t middle = 4;  ///< the knot at 0
  /// Of a cell: m, c and the s_i.
  static constexpr std::int64_t numbers = 2 + static_cast<std::int64_t>(knots.size());
  /// Bounds of s_i and of ln E, so that no energy overflows while a network is still wild.
  static constexpr double least_log_slope = -5;
  static constexpr double most_log_slope = 3;
  static constexpr double least_log_energy = -9;
  static constexpr double most_log_energy = 11;
};

/// Cells drawn from their spectra: (x, y, z) in MeV from `numbers` (CellSpectrum::numbers, x, y, z)
/// and `noise`, u and z, of shape (2, cells) or (2, x, y, z). Throws nn::ShapeError if the shapes
/// do not fit.
nn::NodeId append_cell_spectrum(nn::Graph& graph, const std::string& prefix, nn::NodeId numbers,
                                nn::NodeId noise);

}  // namespace showergan::flow
