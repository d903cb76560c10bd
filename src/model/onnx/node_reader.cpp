#include "model/onnx/node_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "model/checked_add.hpp"
#include "model/onnx/graph_reader.hpp"

namespace showergan::onnx_file {

NodeReader::NodeReader(GraphReader& reader, const onnx::NodeProto& proto, std::string name)
    : reader_(reader), proto_(proto), name_(std::move(name)) {}

const std::string& NodeReader::op_type() const {
  return proto_.op_type();
}

int NodeReader::opset() const {
  return reader_.opset_;
}

std::size_t NodeReader::input_count() const {
  return static_cast<std::size_t>(proto_.input_size());
}

bool NodeReader::has(std::size_t i) const {
  return i < input_count() && !proto_.input(static_cast<int>(i)).empty();
}

const ReadTensor& NodeReader::input(std::size_t i) const {
  if (!has(i)) throw error(fmt::format("has no input {}", i + 1));
  try {
    return reader_.find(proto_.input(static_cast<int>(i)));
  } catch (const InputError& unknown) {
    throw error(unknown.what());
  }
}

bool NodeReader::all_constant() const {
  for (std::size_t i = 0; i < input_count(); ++i) {
    if (has(i) && !input(i).is_constant()) return false;
  }
  return true;
}

nn::NodeId NodeReader::node(std::size_t i) {
  const ReadTensor& tensor = input(i);
  if (tensor.boolean) throw error("uses a comparison as a number");
  if (!tensor.is_constant()) return tensor.node;
  // Numbers in place of a batch of tensors are good for all showers if there is one of them.
  const std::vector<std::int64_t>& dims = tensor.constant->dims;
  if (dims.empty() || dims[0] != 1) {
    throw error(fmt::format("input '{}' holds numbers with no batch axis of 1", tensor.name));
  }
  return materialize(tensor, nn::Shape(dims.begin() + 1, dims.end()));
}

std::vector<nn::NodeId> NodeReader::broadcast(std::size_t skip) {
  // One rank for all that is computed: otherwise ONNX would align a batch axis with a cell axis.
  const nn::Shape* common = nullptr;
  for (std::size_t i = 0; i < input_count(); ++i) {
    if (input(i).is_constant()) continue;
    if (common && common->size() != dims(i).size()) {
      throw error(
          fmt::format("mixes tensors of {} and {} axes", common->size() + 1, dims(i).size() + 1));
    }
    common = &dims(i);
  }
  std::vector<nn::NodeId> nodes;
  for (std::size_t i = skip; i < input_count(); ++i) {
    const ReadTensor& tensor = input(i);
    if (!tensor.is_constant() || !common) {
      nodes.push_back(node(i));
      continue;
    }
    nn::Shape shape = tensor.constant->dims;
    const bool has_batch = shape.size() == common->size() + 1;
    if (shape.size() > common->size() + 1 || (has_batch && shape[0] != 1)) {
      throw error(fmt::format("the numbers '{}' would broadcast over the batch", tensor.name));
    }
    if (has_batch) shape.erase(shape.begin());
    nodes.push_back(materialize(tensor, shape));
  }
  return nodes;
}

nn::NodeId NodeReader::materialize(const ReadTensor& tensor, nn::Shape shape) {
  if (tensor.constant->integral) {
    throw error(fmt::format("input '{}' holds whole numbers, not float32", tensor.name));
  }
  if (std::any_of(tensor.constant->floats.begin(), tensor.constant->floats.end(),
                  [](float x) { return !std::isfinite(x); })) {
    throw error(fmt::format("input '{}' holds numbers that are not finite", tensor.name));
  }
  if (shape.empty()) shape = {1};
  const std::string key = fmt::format("{}\n{}", tensor.name, nn::to_string(shape));
  const auto known = reader_.materialized_.find(key);
  if (known != reader_.materialized_.end()) return known->second;
  const nn::NodeId id = checked_add(reader_.graph, reader_.unique_name(tensor.name),
                                    nn::Constant{std::move(shape), tensor.constant->floats}, {});
  return reader_.materialized_[key] = id;
}

const Tensor& NodeReader::constant(std::size_t i) const {
  const ReadTensor& tensor = input(i);
  if (!tensor.is_constant()) {
    throw error(fmt::format("input '{}' is computed", tensor.name),
                "only numbers in the file are supported there");
  }
  return *tensor.constant;
}

std::vector<std::int64_t> NodeReader::integers(std::size_t i) const {
  const Tensor& tensor = constant(i);
  if (!tensor.integral) throw error(fmt::format("input '{}' is not integral", input(i).name));
  return tensor.integers;
}

double NodeReader::number(std::size_t i) const {
  const Tensor& tensor = constant(i);
  if (tensor.size() != 1) throw error(fmt::format("input '{}' is not one number", input(i).name));
  return tensor.integral ? static_cast<double>(tensor.integers[0]) : meant(tensor.floats[0]);
}

const onnx::AttributeProto* NodeReader::attribute(std::string_view name) const {
  known_.emplace(name);
  for (const onnx::AttributeProto& attribute : proto_.attribute()) {
    if (attribute.name() == name) return &attribute;
  }
  return nullptr;
}

bool NodeReader::has_attribute(std::string_view name) const {
  return attribute(name) != nullptr;
}

std::int64_t NodeReader::integer(std::string_view name, std::int64_t otherwise) const {
  const onnx::AttributeProto* found = attribute(name);
  return found ? found->i() : otherwise;
}

double NodeReader::number(std::string_view name, double otherwise) const {
  const onnx::AttributeProto* found = attribute(name);
  return found ? meant(found->f()) : otherwise;
}

std::string NodeReader::text(std::string_view name, std::string_view otherwise) const {
  const onnx::AttributeProto* found = attribute(name);
  return found ? found->s() : std::string(otherwise);
}

std::vector<std::int64_t> NodeReader::integers(std::string_view name,
                                               std::vector<std::int64_t> otherwise) const {
  const onnx::AttributeProto* found = attribute(name);
  if (!found) return otherwise;
  return {found->ints().begin(), found->ints().end()};
}

Tensor NodeReader::tensor(std::string_view name) const {
  const onnx::AttributeProto* found = attribute(name);
  if (!found || !found->has_t()) throw error(fmt::format("has no tensor '{}'", name));
  return read_tensor(found->t());
}

void NodeReader::expect(std::string_view name, std::int64_t value) const {
  const onnx::AttributeProto* found = attribute(name);
  if (!found) return;
  const bool same =
      found->ints_size() > 0
          ? std::all_of(found->ints().begin(), found->ints().end(),
                        [&](std::int64_t element) { return element == value; })
          : (found->type() == onnx::AttributeProto::FLOAT ? found->f() == static_cast<float>(value)
                                                          : found->i() == value);
  if (!same) throw error(fmt::format("'{}' other than {} is not supported", name, value));
}

void NodeReader::expect(std::string_view name, std::string_view value) const {
  const onnx::AttributeProto* found = attribute(name);
  if (found && found->s() != value) {
    throw error(fmt::format("'{}' = '{}' is not supported", name, found->s()));
  }
}

void NodeReader::reject_unknown_attributes() const {
  for (const onnx::AttributeProto& attribute : proto_.attribute()) {
    if (!known_.contains(attribute.name())) {
      throw error(fmt::format("has an attribute that is not supported: '{}'", attribute.name()));
    }
  }
}

std::int64_t NodeReader::sample_axis(std::int64_t axis, std::size_t onnx_rank) const {
  const auto rank = static_cast<std::int64_t>(onnx_rank);
  if (axis < -rank || axis >= rank) {
    throw error(fmt::format("has no axis {} in a tensor of {} axes", axis, rank));
  }
  const std::int64_t positive = axis < 0 ? axis + rank : axis;
  if (positive == 0) throw error("works along the batch axis, which mixes showers");
  return positive - 1;
}

nn::Triple NodeReader::triple(const std::vector<std::int64_t>& values, std::string_view what,
                              std::int64_t low) const {
  if (values.size() != 3) {
    throw error(fmt::format("'{}' has {} numbers", what, values.size()),
                "only three-dimensional images are supported");
  }
  for (const std::int64_t value : values) {
    if (value < low || value > largest_setting) {
      throw error(fmt::format("'{}' holds {}", what, value));
    }
  }
  return {values[0], values[1], values[2]};
}

nn::Padding NodeReader::padding(const std::vector<std::int64_t>& pads,
                                std::string_view what) const {
  if (pads.size() != 6) {
    throw error(fmt::format("'{}' has {} numbers", what, pads.size()),
                "only three-dimensional images are supported");
  }
  return {triple({pads[0], pads[1], pads[2]}, what, 0),
          triple({pads[3], pads[4], pads[5]}, what, 0)};
}

nn::NodeId NodeReader::add(nn::Operation operation, std::vector<nn::NodeId> inputs) {
  return checked_add(reader_.graph, reader_.unique_name(name_), std::move(operation),
                     std::move(inputs));
}

nn::NodeId NodeReader::add_helper(std::string_view suffix, nn::Operation operation,
                                  std::vector<nn::NodeId> inputs) {
  return checked_add(reader_.graph, reader_.unique_name(fmt::format("{}/{}", name_, suffix)),
                     std::move(operation), std::move(inputs));
}

void NodeReader::set_parameter(nn::NodeId node, std::size_t place, std::vector<float> values,
                               const std::string& source) {
  const std::int32_t index = reader_.graph.node(node).parameters.at(place);
  const nn::Parameter& parameter = reader_.graph.parameters()[static_cast<std::size_t>(index)];
  if (static_cast<std::int64_t>(values.size()) != nn::element_count(parameter.shape)) {
    throw error(fmt::format("'{}' has {} numbers for the {} {}", source, values.size(),
                            parameter.role, nn::to_string(parameter.shape)));
  }
  if (std::any_of(values.begin(), values.end(), [](float x) { return !std::isfinite(x); })) {
    throw error(fmt::format("'{}' holds numbers that are not finite", source));
  }
  reader_.values_[index] = std::move(values);
}

void NodeReader::set_result(nn::NodeId node) {
  set_result(node, reader_.graph.node(node).shape);
}

void NodeReader::set_result(nn::NodeId node, nn::Shape dims, bool boolean) {
  reader_.define({proto_.output(0), nullptr, node, std::move(dims), boolean});
}

void NodeReader::set_result(Tensor constant) {
  reader_.define({proto_.output(0), std::make_shared<Tensor>(std::move(constant)), -1, {}, false});
}

void NodeReader::set_result_to_input(std::size_t i) {
  ReadTensor tensor = input(i);
  tensor.name = proto_.output(0);
  reader_.define(std::move(tensor));
}

const nn::Graph& NodeReader::graph() const {
  return reader_.graph;
}

InputError NodeReader::error(std::string_view problem, std::string_view advice) const {
  return InputError(fmt::format("node '{}' ({}): {}", name_, proto_.op_type(), problem), {},
                    advice);
}

double meant(float value) {
  if (!std::isfinite(value)) return value;
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
  double result = value;
  std::from_chars(text, end, result);
  return result;
}

}  // namespace showergan::onnx_file
