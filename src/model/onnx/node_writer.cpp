#include "model/onnx/node_writer.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "showergan/error.hpp"

namespace showergan::onnx_file {
namespace {

onnx::NodeProto& add_node(onnx::GraphProto& graph, std::string_view op_type,
                          const std::vector<std::string>& inputs, const std::string& name,
                          const std::string& result) {
  onnx::NodeProto& node = *graph.add_node();
  node.set_op_type(std::string(op_type));
  node.set_name(name);
  for (const std::string& input : inputs) node.add_input(input);
  node.add_output(result);
  return node;
}

onnx::AttributeProto& add_attribute(onnx::NodeProto& node, std::string_view name,
                                    onnx::AttributeProto::AttributeType type) {
  onnx::AttributeProto& attribute = *node.add_attribute();
  attribute.set_name(std::string(name));
  attribute.set_type(type);
  return attribute;
}

void write_integers(onnx::GraphProto& graph, const std::string& name,
                    const std::vector<std::int64_t>& values) {
  onnx::TensorProto& tensor = *graph.add_initializer();
  tensor.set_name(name);
  tensor.set_data_type(onnx::TensorProto::INT64);
  tensor.add_dims(static_cast<std::int64_t>(values.size()));
  tensor.set_raw_data(values.data(), values.size() * sizeof(std::int64_t));
}

}  // namespace

Attributes& Attributes::set(std::string_view name, std::int64_t value) {
  add_attribute(*node_, name, onnx::AttributeProto::INT).set_i(value);
  return *this;
}

Attributes& Attributes::set(std::string_view name, double value) {
  add_attribute(*node_, name, onnx::AttributeProto::FLOAT).set_f(static_cast<float>(value));
  return *this;
}

Attributes& Attributes::set(std::string_view name, const char* value) {
  add_attribute(*node_, name, onnx::AttributeProto::STRING).set_s(value);
  return *this;
}

Attributes& Attributes::set(std::string_view name, const std::vector<std::int64_t>& values) {
  onnx::AttributeProto& attribute = add_attribute(*node_, name, onnx::AttributeProto::INTS);
  for (const std::int64_t value : values) attribute.add_ints(value);
  return *this;
}

NodeWriter::NodeWriter(onnx::GraphProto& graph, const nn::Node& node,
                       std::vector<WrittenTensor> inputs, std::vector<std::string> parameters,
                       std::string output, bool batch_free, std::string batch_source)
    : graph_(graph),
      node_(node),
      inputs_(std::move(inputs)),
      parameters_(std::move(parameters)),
      output_(std::move(output)),
      batch_free_(batch_free),
      batch_source_(std::move(batch_source)) {}

Attributes NodeWriter::emit(std::string_view op_type, const std::vector<std::string>& inputs) {
  return Attributes(add_node(graph_, op_type, inputs, node_.name, output_));
}

Attributes NodeWriter::emit_first(std::string_view op_type, const std::vector<std::string>& inputs,
                                  const std::string& result) {
  return Attributes(add_node(graph_, op_type, inputs, node_.name, result));
}

Attributes NodeWriter::emit_more(std::string_view op_type, const std::vector<std::string>& inputs,
                                 std::string_view suffix, std::string result) {
  const std::string name = local(suffix);
  return Attributes(add_node(graph_, op_type, inputs, name, result.empty() ? name : result));
}

std::string NodeWriter::local(std::string_view suffix) const {
  return fmt::format("{}/{}", node_.name, suffix);
}

std::string NodeWriter::integers(std::string_view suffix, const std::vector<std::int64_t>& values) {
  const std::string name = local(suffix);
  write_integers(graph_, name, values);
  return name;
}

std::string NodeWriter::floats(std::string_view suffix, const std::vector<std::int64_t>& dims,
                               std::span<const float> values) {
  const std::string name = local(suffix);
  write_floats(graph_, name, dims, values);
  return name;
}

std::string NodeWriter::scalar(std::string_view suffix, float value) {
  return floats(suffix, {}, std::span(&value, 1));
}

std::string NodeWriter::batched(std::size_t i) {
  if (!inputs_[i].batch_free || batch_free_) return inputs_[i].name;
  const std::string name = local(fmt::format("batched_{}", i + 1));
  write_expansion(graph_, inputs_[i], batch_source_, name, name);
  return name;
}

std::vector<std::string> NodeWriter::broadcast() {
  std::size_t rank = 0;
  for (const WrittenTensor& input : inputs_) rank = std::max(rank, input.shape.size());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const nn::Shape& shape = inputs_[i].shape;
    names.push_back(inputs_[i].name);
    if (inputs_[i].batch_free || shape.size() == rank) continue;
    nn::Shape aligned(rank - shape.size(), 1);
    aligned.insert(aligned.end(), shape.begin(), shape.end());
    const std::string target = integers(fmt::format("shape_{}", i + 1), reshape_target(aligned));
    const std::string suffix = fmt::format("aligned_{}", i + 1);
    emit_more("Reshape", {names[i], target}, suffix);
    names[i] = local(suffix);
  }
  return names;
}

void write_floats(onnx::GraphProto& graph, const std::string& name,
                  const std::vector<std::int64_t>& dims, std::span<const float> values) {
  onnx::TensorProto& tensor = *graph.add_initializer();
  tensor.set_name(name);
  tensor.set_data_type(onnx::TensorProto::FLOAT);
  for (const std::int64_t extent : dims) tensor.add_dims(extent);
  tensor.set_raw_data(values.data(), values.size_bytes());
}

void write_expansion(onnx::GraphProto& graph, const WrittenTensor& tensor,
                     const std::string& batch_source, const std::string& name,
                     const std::string& result) {
  onnx::NodeProto& count =
      add_node(graph, "Shape", {batch_source}, name + "/batch", name + "/batch");
  Attributes(count).set("start", std::int64_t{0}).set("end", std::int64_t{1});
  write_integers(graph, name + "/sample", tensor.shape);
  onnx::NodeProto& shape = add_node(graph, "Concat", {name + "/batch", name + "/sample"},
                                    name + "/shape", name + "/shape");
  Attributes(shape).set("axis", std::int64_t{0});
  add_node(graph, "Expand", {tensor.name, name + "/shape"}, name, result);
}

std::vector<std::int64_t> reshape_target(const nn::Shape& shape) {
  std::vector<std::int64_t> target{0};
  target.insert(target.end(), shape.begin(), shape.end());
  return target;
}

std::vector<std::int64_t> onnx_pads(const nn::Padding& padding) {
  std::vector<std::int64_t> pads = to_vector(padding.before);
  pads.insert(pads.end(), padding.after.begin(), padding.after.end());
  return pads;
}

std::vector<std::int64_t> to_vector(const nn::Triple& triple) {
  return {triple.begin(), triple.end()};
}

std::vector<std::int64_t> onnx_axes(const std::vector<std::int64_t>& axes) {
  std::vector<std::int64_t> result;
  for (const std::int64_t axis : axes) result.push_back(axis + 1);
  return result;
}

void expect_as_built(bool as_built, const std::string& name) {
  if (as_built) return;
  throw Error(fmt::format("layer '{}' was rewritten for execution and cannot be saved", name), {},
              "save the graph as it was built");
}

}  // namespace showergan::onnx_file
