#pragma once

#include "nn/graph/graph.hpp"

namespace onnx {
class GraphProto;
}

namespace showergan::onnx_file {

/// Writes a graph with its parameters as ONNX (opset 17): initialisers are named by their
/// parameter, nodes by their layer, the batch axis is `n`. Throws Error if a layer is named so that
/// its tensors clash with others.
void write_graph(const nn::Graph& graph, const nn::Parameters& parameters, onnx::GraphProto& proto);

}  // namespace showergan::onnx_file
