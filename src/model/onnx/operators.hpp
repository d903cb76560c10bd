#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/onnx/node_reader.hpp"
#include "model/onnx/node_writer.hpp"
#include "nn/graph/operation.hpp"

/// How each operator is written to ONNX and read from it; each pair is in a file of the operator's
/// name. A new operator of nn::Operation without its `write` does not compile; a test reads back
/// what every `write` has written.
namespace showergan::onnx_file {

void write(const nn::Input& input, NodeWriter& writer);
void write(const nn::Constant& constant, NodeWriter& writer);
void write(const nn::Activation& activation, NodeWriter& writer);
void write(const nn::Arithmetic& arithmetic, NodeWriter& writer);
void write(const nn::AveragePooling& pooling, NodeWriter& writer);
void write(const nn::BatchNormalization& normalization, NodeWriter& writer);
void write(const nn::CellChain& chain, NodeWriter& writer);
void write(const nn::Concatenate& concatenate, NodeWriter& writer);
void write(const nn::Conv3d& conv, NodeWriter& writer);
void write(const nn::Conv3dTranspose& conv, NodeWriter& writer);
void write(const nn::Cropping& cropping, NodeWriter& writer);
void write(const nn::Dense& dense, NodeWriter& writer);
void write(const nn::DepthToSpace& shuffle, NodeWriter& writer);
void write(const nn::Dropout& dropout, NodeWriter& writer);
void write(const nn::Permute& permute, NodeWriter& writer);
void write(const nn::Reduction& reduction, NodeWriter& writer);
void write(const nn::Reshape& reshape, NodeWriter& writer);
void write(const nn::RowProgram& program, NodeWriter& writer);
void write(const nn::Slice& slice, NodeWriter& writer);
void write(const nn::Softmax& softmax, NodeWriter& writer);
void write(const nn::Upsampling& upsampling, NodeWriter& writer);
void write(const nn::Where& where, NodeWriter& writer);
void write(const nn::ZeroPadding& zero_padding, NodeWriter& writer);

void read_activation(NodeReader& reader);
void read_arithmetic(NodeReader& reader);
void read_average_pool(NodeReader& reader);
void read_batch_normalization(NodeReader& reader);
void read_cast(NodeReader& reader);
void read_comparison(NodeReader& reader);
void read_concat(NodeReader& reader);
void read_constant(NodeReader& reader);
void read_constant_of_shape(NodeReader& reader);
void read_conv(NodeReader& reader);
void read_conv_transpose(NodeReader& reader);
void read_dropout(NodeReader& reader);
void read_expand(NodeReader& reader);
void read_flatten(NodeReader& reader);
void read_gather(NodeReader& reader);
void read_gemm(NodeReader& reader);
void read_identity(NodeReader& reader);
void read_matmul(NodeReader& reader);
void read_pad(NodeReader& reader);
void read_reduction(NodeReader& reader);
void read_reshape(NodeReader& reader);
void read_resize(NodeReader& reader);
void read_shape(NodeReader& reader);
void read_slice(NodeReader& reader);
void read_softmax(NodeReader& reader);
void read_squeeze(NodeReader& reader);
void read_transpose(NodeReader& reader);
void read_unsqueeze(NodeReader& reader);
void read_where(NodeReader& reader);

/// Whether a node that computes with numbers of the file only was replaced by its result: exporters
/// leave such chains behind paddings and shapes.
bool fold_constants(NodeReader& reader);

/// If `node`, about to be reshaped to `shape`, ends the three steps that write(DepthToSpace) makes:
/// the tensor at their beginning and the block.
struct FoundDepthToSpace {
  nn::NodeId input = -1;
  nn::DepthToSpace shuffle;
};
std::optional<FoundDepthToSpace> find_depth_to_space(const nn::Graph& graph, nn::NodeId node,
                                                     const nn::Shape& shape);

using ReadFunction = void (*)(NodeReader&);

/// ONNX operator → how it is read.
const std::map<std::string, ReadFunction>& read_functions();

}  // namespace showergan::onnx_file
