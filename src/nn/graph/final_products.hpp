#pragma once

#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan::nn {

/// For every node whether it is a convolution or dense layer whose result no other one multiplies
/// on the way to an output.
///
/// These stay in float32 whatever the precision of a plan: what they round reaches the outputs as
/// it is, and where they take differences of large numbers (the last convolution of a shower
/// generator does) eight bits of mantissa shift mean energies by per cents.
std::vector<bool> final_products(const Graph& graph);

}  // namespace showergan::nn
