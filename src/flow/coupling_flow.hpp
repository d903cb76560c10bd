#pragma once

#include <cstdint>
#include <string>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// A normalising flow of affine couplings (Dinh, Sohl-Dickstein and Bengio, arXiv:1605.08803): an
/// invertible map between normal numbers and data, whose density is known. Block k leaves the
/// coordinates of its mask as they are; from them and the condition's features a network of two
/// hidden layers computes scale and shift of the others. Masks are random halves, each followed by
/// its complement, the same for every flow of a size.
struct CouplingFlow {
  std::int64_t size = 0;      ///< coordinates
  std::int64_t features = 0;  ///< numbers that describe the condition
  int blocks = 6;
  std::int64_t units = 64;  ///< of each hidden layer
  double dropout = 0;       ///< rate, after the first hidden layer, while the density is learnt
};

/// From data to density. Inputs `x` (size) and `features`; output `loss` (1): minus the logarithm
/// of the density per coordinate, without the constant ln(2π)/2. Its parameters are named
/// `PREFIXblock1_…`.
nn::Graph density_graph(const CouplingFlow& flow, const std::string& prefix);

/// From normal numbers (size) and the condition's features to data (size): the inverse map, with
/// parameters of the same names and shapes. Layers are named with `prefix`.
nn::NodeId append_sampling(nn::Graph& graph, const CouplingFlow& flow, const std::string& prefix,
                           nn::NodeId noise, nn::NodeId features);

}  // namespace showergan::flow
