#pragma once

#include "nn/graph/graph.hpp"

namespace showergan::nn {

/// What the lowered graph is for: some rewrites hold in inference only.
enum class Purpose { infer, train };

/// Runs all passes, in order. The result has the same parameters, inputs and outputs and computes
/// the same numbers up to rounding. A fused node has the name of the layer that owns its kernel;
/// outputs keep their names.
Graph lower(const Graph& graph, Purpose purpose);

/// Linear activations disappear, and in inference dropout (identity_removal).
Graph remove_identities(const Graph& graph, Purpose purpose);

/// What follows from constants alone becomes a Constant, computed in double precision by the
/// reference and rounded once; in training, not what dropout draws (constant_folding).
Graph fold_constants(const Graph& graph);

/// A ZeroPadding that only feeds convolutions becomes part of their padding (zero_padding_folding).
Graph fold_zero_padding(const Graph& graph);

/// An Activation whose only input is a dense layer or convolution that nothing else uses becomes
/// its epilogue; in training only functions whose derivative can be had from their output
/// (activation_fusion).
Graph fuse_activations(const Graph& graph, Purpose purpose);

/// Inference: a BatchNormalization after a dense layer or convolution that nothing else uses
/// becomes scale and shift in its epilogue, after the activation; a BatchNormalization elsewhere
/// stays (normalization_folding).
Graph fold_normalization(const Graph& graph);

/// A convolution of stride 1 that reads an Upsampling does the up-sampling itself, and so works at
/// low resolution, where that takes fewer multiply-adds (upsampling_fusion). The Upsampling stays
/// for others that read it.
Graph fuse_upsampling(const Graph& graph);

/// Inference: a dense layer, a reshape and a convolution between which nothing happens become one
/// matrix, where that is cheaper for so many samples at a time (linear_composition). The matrix is
/// large and takes a while to compute, so lower() leaves it to those who run a network often
/// enough.
Graph compose_linear(const Graph& graph, std::int64_t samples);

/// Inference: an addition of an equally large image to the result of a convolution that nothing
/// else uses, and the Activation that alone reads the sum, become part of the convolution
/// (addition_fusion).
Graph fuse_additions(const Graph& graph);

/// Inference: convolutions that see one cell each, of few channels, of which each alone reads the
/// one before, become a CellChain (cell_chain_fusion).
Graph fuse_cell_chains(const Graph& graph);

/// Inference: groups of element-wise operators on rows of equally many columns, with slices, sums
/// and reshapes that keep the columns, become a RowProgram each (row_fusion).
Graph fuse_rows(const Graph& graph);

/// Removes what no output needs (inputs stay) (dead_node_removal).
Graph remove_dead_nodes(const Graph& graph);

}  // namespace showergan::nn
