#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

/// Inputs are declared with the graph (graph_writer), not as nodes.
void write(const nn::Input&, NodeWriter&) {}

}  // namespace showergan::onnx_file
