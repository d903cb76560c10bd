#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "showergan/error.hpp"

#include "model/onnx/tensor.hpp"
#include "nn/graph/graph.hpp"

namespace onnx {
class AttributeProto;
class NodeProto;
}  // namespace onnx

namespace showergan::onnx_file {

/// What a tensor of an ONNX file has become: a node of our graph or numbers.
struct ReadTensor {
  std::string name;
  std::shared_ptr<const Tensor> constant;  ///< set for numbers
  nn::NodeId node = -1;                    ///< set otherwise
  /// The ONNX shape without the batch axis. It is the node's, but empty where ONNX has a tensor (n)
  /// and we have one number per shower.
  nn::Shape dims;
  bool boolean = false;  ///< a comparison: true where the node is positive

  bool is_constant() const noexcept { return constant != nullptr; }
};

class GraphReader;

/// What an operator sees of an ONNX file while it reads one node. Everything throws InputError that
/// names the node.
class NodeReader {
 public:
  NodeReader(GraphReader& reader, const onnx::NodeProto& proto, std::string name);

  const std::string& op_type() const;
  int opset() const;

  std::size_t input_count() const;
  bool has(std::size_t i) const;  ///< optional inputs may be missing
  const ReadTensor& input(std::size_t i) const;
  bool all_constant() const;

  /// Input i as a node of the graph; numbers become a Constant.
  nn::NodeId node(std::size_t i = 0);
  /// The ONNX shape of such an input, without batch.
  const nn::Shape& dims(std::size_t i = 0) const { return input(i).dims; }
  /// All inputs (but the first `skip`) as nodes that broadcast as ONNX says.
  std::vector<nn::NodeId> broadcast(std::size_t skip = 0);

  /// Input i as numbers.
  const Tensor& constant(std::size_t i) const;
  std::vector<std::int64_t> integers(std::size_t i) const;
  double number(std::size_t i) const;

  /// Attributes. Those that nobody asks for are errors.
  bool has_attribute(std::string_view name) const;
  std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
  double number(std::string_view name, double otherwise) const;
  std::string text(std::string_view name, std::string_view otherwise) const;
  std::vector<std::int64_t> integers(std::string_view name,
                                     std::vector<std::int64_t> otherwise) const;
  Tensor tensor(std::string_view name) const;
  /// Throws unless the attribute is missing or has this value (all of these values).
  void expect(std::string_view name, std::int64_t value) const;
  void expect(std::string_view name, std::string_view value) const;
  void reject_unknown_attributes() const;

  /// An axis of an ONNX tensor (negative ones count from the end) as an axis of the sample.
  std::int64_t sample_axis(std::int64_t axis, std::size_t onnx_rank) const;
  /// Three numbers, each from low to `largest_setting`.
  nn::Triple triple(const std::vector<std::int64_t>& values, std::string_view what,
                    std::int64_t low) const;
  /// ONNX's pads of the three axes.
  nn::Padding padding(const std::vector<std::int64_t>& pads, std::string_view what) const;

  /// Adds the operator that this node is.
  nn::NodeId add(nn::Operation operation, std::vector<nn::NodeId> inputs);
  /// Adds an operator that only helps.
  nn::NodeId add_helper(std::string_view suffix, nn::Operation operation,
                        std::vector<nn::NodeId> inputs);
  /// Values of a parameter of a node that was added: by its place in the operator's order.
  void set_parameter(nn::NodeId node, std::size_t place, std::vector<float> values,
                     const std::string& source);

  /// What the node's result is: a node (with the ONNX shape if it differs), numbers, or an input.
  void set_result(nn::NodeId node);
  void set_result(nn::NodeId node, nn::Shape dims, bool boolean = false);
  void set_result(Tensor constant);
  void set_result_to_input(std::size_t i);

  const nn::Graph& graph() const;
  InputError error(std::string_view problem, std::string_view advice = {}) const;

 private:
  const onnx::AttributeProto* attribute(std::string_view name) const;
  nn::NodeId materialize(const ReadTensor& tensor, nn::Shape shape);

  GraphReader& reader_;
  const onnx::NodeProto& proto_;
  std::string name_;
  mutable std::set<std::string, std::less<>> known_;
};

/// The decimal number that was meant by a float: 0.3 for 0.3f.
double meant(float value);

}  // namespace showergan::onnx_file
