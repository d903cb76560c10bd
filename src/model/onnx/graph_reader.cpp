#include "model/onnx/graph_reader.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "model/checked_add.hpp"
#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {
namespace {

std::string label(const onnx::NodeProto& node) {
  if (!node.name().empty()) return node.name();
  return node.output_size() > 0 && !node.output(0).empty() ? node.output(0) : node.op_type();
}

}  // namespace

GraphReader::GraphReader(const onnx::GraphProto& proto, int opset) : proto_(proto), opset_(opset) {}

void GraphReader::read() {
  read_initializers();
  for (const onnx::ValueInfoProto& input : proto_.input()) {
    // Old files list the initialisers among the inputs.
    if (!tensors_.contains(input.name())) read_input(input);
  }
  for (const onnx::NodeProto& node : proto_.node()) {
    const std::string name = label(node);
    const auto reader = read_functions().find(node.op_type());
    const bool foreign = !node.domain().empty() && node.domain() != "ai.onnx";
    if (foreign || reader == read_functions().end()) {
      throw InputError(fmt::format("the operator {}{}{} of node '{}' is not supported",
                                   node.domain(), foreign ? "." : "", node.op_type(), name));
    }
    if (node.output_size() < 1) throw InputError(fmt::format("node '{}' has no output", name));
    NodeReader node_reader(*this, node, name);
    if (fold_constants(node_reader)) continue;
    reader->second(node_reader);
    node_reader.reject_unknown_attributes();
  }
  read_outputs();
  collect_parameters();
}

void GraphReader::read_initializers() {
  if (proto_.sparse_initializer_size() > 0) {
    throw InputError("the model has sparse weights, which are not supported");
  }
  for (const onnx::TensorProto& proto : proto_.initializer()) {
    define({proto.name(), std::make_shared<Tensor>(read_tensor(proto)), -1, {}, false});
  }
}

void GraphReader::read_input(const onnx::ValueInfoProto& input) {
  const auto& type = input.type().tensor_type();
  if (type.elem_type() != onnx::TensorProto::FLOAT) {
    throw InputError(fmt::format("the input '{}' is not float32", input.name()));
  }
  if (type.shape().dim_size() < 1) {
    throw InputError(fmt::format("the input '{}' has no batch axis", input.name()));
  }
  nn::Shape dims;
  for (int i = 1; i < type.shape().dim_size(); ++i) {
    const std::int64_t extent = type.shape().dim(i).dim_value();
    if (extent < 1 || extent > largest_extent) {
      throw InputError(
          fmt::format("the input '{}' has no usable fixed size along axis {}", input.name(), i), {},
          "only the batch, axis 0, may be open");
    }
    dims.push_back(extent);
  }
  const nn::NodeId node = checked_add(graph, unique_name(input.name()),
                                      nn::Input{dims.empty() ? nn::Shape{1} : dims}, {});
  define({input.name(), nullptr, node, dims, false});
}

void GraphReader::read_outputs() {
  if (proto_.output_size() == 0) throw InputError("the model has no outputs");
  for (const onnx::ValueInfoProto& output : proto_.output()) {
    const ReadTensor& tensor = find(output.name());
    if (tensor.is_constant() || tensor.boolean) {
      throw InputError(
          fmt::format("the output '{}' is not computed from the inputs as numbers", output.name()));
    }
    graph.set_output(output.name(), tensor.node);
  }
}

void GraphReader::collect_parameters() {
  parameters.trainable.resize(static_cast<std::size_t>(graph.trainable_count()));
  parameters.statistics.resize(static_cast<std::size_t>(graph.statistics_count()));
  for (const auto& [index, values] : values_) {
    const nn::Parameter& parameter = graph.parameters()[static_cast<std::size_t>(index)];
    std::copy(values.begin(), values.end(), parameters.of(parameter).begin());
  }
}

void GraphReader::define(ReadTensor tensor) {
  const std::string name = tensor.name;
  if (!tensors_.emplace(name, std::move(tensor)).second) {
    throw InputError(fmt::format("the tensor '{}' is defined twice", name));
  }
}

const ReadTensor& GraphReader::find(const std::string& name) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    throw InputError(fmt::format("the tensor '{}' is used before it is defined", name));
  }
  return found->second;
}

std::string GraphReader::unique_name(const std::string& wanted) const {
  std::string name = wanted;
  for (int i = 2; graph.find(name); ++i) name = fmt::format("{}_{}", wanted, i);
  return name;
}

}  // namespace showergan::onnx_file
