#include "nn/lowering/pass.hpp"

namespace showergan::nn {

Graph lower(const Graph& graph, Purpose purpose) {
  // Dead nodes and identities first: they hide from the others that a result has one use only, and
  // dropout that a constant passes is a constant in inference. The padding before the up-sampling:
  // between an up-sampling and its convolution it would hide the one from the other. The activation
  // before the normalisation, because an epilogue applies them in that order.
  Graph lowered = fold_constants(remove_identities(remove_dead_nodes(graph), purpose));
  lowered = remove_dead_nodes(fuse_upsampling(fold_zero_padding(lowered)));
  lowered = fuse_activations(lowered, purpose);
  if (purpose == Purpose::infer) {
    lowered = fuse_rows(fuse_cell_chains(fuse_additions(fold_normalization(lowered))));
  }
  return lowered;
}

}  // namespace showergan::nn
