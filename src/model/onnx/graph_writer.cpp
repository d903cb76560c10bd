#include "model/onnx/graph_writer.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "showergan/error.hpp"

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {
namespace {

void declare(onnx::ValueInfoProto& info, const std::string& name, const nn::Shape& shape) {
  info.set_name(name);
  auto& tensor = *info.mutable_type()->mutable_tensor_type();
  tensor.set_elem_type(onnx::TensorProto::FLOAT);
  tensor.mutable_shape()->add_dim()->set_dim_param("n");
  for (const std::int64_t extent : shape) tensor.mutable_shape()->add_dim()->set_dim_value(extent);
}

class GraphWriter {
 public:
  GraphWriter(const nn::Graph& graph, const nn::Parameters& parameters, onnx::GraphProto& proto)
      : graph_(graph), parameters_(parameters), proto_(proto) {}

  void write() {
    for (const nn::NodeId id : graph_.inputs()) {
      const nn::Node& node = graph_.node(id);
      declare(*proto_.add_input(), node.name, node.shape);
      if (batch_source_.empty()) batch_source_ = node.name;
    }
    for (std::size_t i = 0; i < graph_.nodes().size(); ++i) write_node(graph_.nodes()[i]);
    for (const nn::Output& output : graph_.outputs()) write_output(output);
    expect_unique_names();
  }

 private:
  const WrittenTensor& tensor(nn::NodeId id) const {
    return tensors_[static_cast<std::size_t>(id)];
  }

  void write_node(const nn::Node& node) {
    const auto* input = std::get_if<nn::Input>(&node.operation);
    const auto* constant = std::get_if<nn::Constant>(&node.operation);
    bool batch_free = !input;
    for (const nn::NodeId id : node.inputs) batch_free = batch_free && tensor(id).batch_free;
    if (std::holds_alternative<nn::Dropout>(node.operation)) {
      tensors_.push_back(tensor(node.inputs[0]));
      return;
    }
    tensors_.push_back({tensor_name(node, batch_free), node.shape, batch_free});
    if (constant) {
      std::vector<std::int64_t> dims{1};
      dims.insert(dims.end(), node.shape.begin(), node.shape.end());
      write_floats(proto_, tensors_.back().name, dims, constant->values);
      return;
    }
    std::vector<WrittenTensor> inputs;
    for (const nn::NodeId id : node.inputs) inputs.push_back(tensor(id));
    NodeWriter writer(proto_, node, std::move(inputs), write_parameters(node), tensors_.back().name,
                      batch_free, batch_source_);
    std::visit([&](const auto& op) { onnx_file::write(op, writer); }, node.operation);
  }

  /// The name of a node's result: its own, unless it is an output of the model, or another node is
  /// the output of that name.
  std::string tensor_name(const nn::Node& node, bool batch_free) const {
    if (std::holds_alternative<nn::Input>(node.operation)) return node.name;
    const nn::Node* first = graph_.nodes().data();
    bool taken = false;
    for (const nn::Output& output : graph_.outputs()) {
      const bool is_this = first + output.node == &node && !batch_free;
      if (is_this && !is_input(output.name)) return output.name;
      taken = taken || output.name == node.name;
    }
    return taken ? node.name + "/result" : node.name;
  }

  bool is_input(const std::string& name) const {
    const auto id = graph_.find(name);
    return id && std::holds_alternative<nn::Input>(graph_.node(*id).operation);
  }

  std::vector<std::string> write_parameters(const nn::Node& node) {
    std::vector<std::string> names;
    for (const std::int32_t index : node.parameters) {
      const nn::Parameter& parameter = graph_.parameters()[static_cast<std::size_t>(index)];
      write_floats(proto_, parameter.name, parameter.shape, parameters_.of(parameter));
      names.push_back(parameter.name);
    }
    return names;
  }

  void write_output(const nn::Output& output) {
    const WrittenTensor& from = tensor(output.node);
    declare(*proto_.add_output(), output.name, from.shape);
    if (from.batch_free) {
      write_expansion(proto_, from, batch_source_, output.name + "/batched", output.name);
    } else if (from.name != output.name) {
      onnx::NodeProto& node = *proto_.add_node();
      node.set_op_type("Identity");
      node.set_name(output.name + "/output");
      node.add_input(from.name);
      node.add_output(output.name);
    }
  }

  void expect_unique_names() const {
    std::set<std::string> names;
    const auto add = [&](const std::string& name) {
      if (names.insert(name).second) return;
      throw Error(fmt::format("two tensors of the model would be named '{}'", name), {},
                  "give one of the layers or outputs another name");
    };
    for (const auto& input : proto_.input()) add(input.name());
    for (const auto& initializer : proto_.initializer()) add(initializer.name());
    for (const auto& node : proto_.node()) add(node.output(0));
  }

  const nn::Graph& graph_;
  const nn::Parameters& parameters_;
  onnx::GraphProto& proto_;
  std::vector<WrittenTensor> tensors_;
  std::string batch_source_;
};

}  // namespace

void write_graph(const nn::Graph& graph, const nn::Parameters& parameters,
                 onnx::GraphProto& proto) {
  GraphWriter(graph, parameters, proto).write();
}

}  // namespace showergan::onnx_file
