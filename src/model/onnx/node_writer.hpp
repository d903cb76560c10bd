#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nn/graph/graph.hpp"

namespace onnx {
class GraphProto;
class NodeProto;
}  // namespace onnx

namespace showergan::onnx_file {

/// An ONNX node under construction: sets its attributes.
class Attributes {
 public:
  explicit Attributes(onnx::NodeProto& node) : node_(&node) {}

  Attributes& set(std::string_view name, std::int64_t value);
  Attributes& set(std::string_view name, double value);
  Attributes& set(std::string_view name, const char* value);
  Attributes& set(std::string_view name, const std::vector<std::int64_t>& values);

 private:
  onnx::NodeProto* node_;
};

/// A tensor of the ONNX graph that a node of ours has become.
struct WrittenTensor {
  std::string name;
  nn::Shape shape;
  /// Whether it hangs on constants only, so that its batch axis has one element instead of n.
  bool batch_free = false;
};

/// What an operator sees of the ONNX graph while it writes one node: its inputs and parameters as
/// tensor names, and where to put nodes and constants.
class NodeWriter {
 public:
  NodeWriter(onnx::GraphProto& graph, const nn::Node& node, std::vector<WrittenTensor> inputs,
             std::vector<std::string> parameters, std::string output, bool batch_free,
             std::string batch_source);

  const nn::Node& node() const noexcept { return node_; }
  std::size_t input_count() const noexcept { return inputs_.size(); }
  const WrittenTensor& input(std::size_t i = 0) const { return inputs_[i]; }
  /// Names of the parameters' initialisers, in the operator's order.
  const std::vector<std::string>& parameters() const noexcept { return parameters_; }
  const std::string& output() const noexcept { return output_; }

  /// The ONNX node that carries our node's name and result.
  Attributes emit(std::string_view op_type, const std::vector<std::string>& inputs);
  /// The one that carries the name, with its result under another name, for more nodes to follow.
  Attributes emit_first(std::string_view op_type, const std::vector<std::string>& inputs,
                        const std::string& result);
  /// A further node, named NODE/suffix with a result of the same name unless `result` is given.
  Attributes emit_more(std::string_view op_type, const std::vector<std::string>& inputs,
                       std::string_view suffix, std::string result = {});

  /// NODE/suffix
  std::string local(std::string_view suffix) const;
  /// Initialisers NODE/suffix; they return their name.
  std::string integers(std::string_view suffix, const std::vector<std::int64_t>& values);
  std::string floats(std::string_view suffix, const std::vector<std::int64_t>& dims,
                     std::span<const float> values);
  std::string scalar(std::string_view suffix, float value);

  /// Input i with all n elements of the batch axis.
  std::string batched(std::size_t i);
  /// All inputs with ONNX shapes that broadcast as ours do: ONNX aligns shapes at the last axis, so
  /// a tensor of fewer axes gets ones between batch and first axis.
  std::vector<std::string> broadcast();

 private:
  onnx::GraphProto& graph_;
  const nn::Node& node_;
  std::vector<WrittenTensor> inputs_;
  std::vector<std::string> parameters_;
  std::string output_;
  bool batch_free_;
  std::string batch_source_;
};

/// Writes an initialiser.
void write_floats(onnx::GraphProto& graph, const std::string& name,
                  const std::vector<std::int64_t>& dims, std::span<const float> values);

/// Writes what repeats a batch of one to the n of `batch_source` (an input of the graph); `name`
/// names the nodes, `result` the tensor.
void write_expansion(onnx::GraphProto& graph, const WrittenTensor& tensor,
                     const std::string& batch_source, const std::string& name,
                     const std::string& result);

/// (n, shape) as the target of an ONNX Reshape: 0 keeps the batch.
std::vector<std::int64_t> reshape_target(const nn::Shape& shape);
/// x, y, z before, then x, y, z after.
std::vector<std::int64_t> onnx_pads(const nn::Padding& padding);
std::vector<std::int64_t> to_vector(const nn::Triple& triple);
/// Sample axes become ONNX axes: the batch is axis 0.
std::vector<std::int64_t> onnx_axes(const std::vector<std::int64_t>& axes);
/// Throws Error unless the operator of this layer is as a graph is built: ONNX has no place for
/// what passes put into it (an epilogue, an up-sampling).
void expect_as_built(bool as_built, const std::string& name);

}  // namespace showergan::onnx_file
