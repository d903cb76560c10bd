#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/onnx/node_reader.hpp"

namespace onnx {
class GraphProto;
class ValueInfoProto;
}  // namespace onnx

namespace showergan::onnx_file {

/// Builds our graph from an ONNX one, node by node. ONNX demands that a tensor is defined before it
/// is used, so one pass is enough and a cycle shows as an unknown tensor.
class GraphReader {
 public:
  GraphReader(const onnx::GraphProto& proto, int opset);

  /// Throws InputError, without the file's name.
  void read();

  nn::Graph graph;
  nn::Parameters parameters;

 private:
  friend class NodeReader;
  void read_initializers();
  void read_input(const onnx::ValueInfoProto& input);
  void read_outputs();
  void collect_parameters();
  void define(ReadTensor tensor);
  const ReadTensor& find(const std::string& name) const;
  std::string unique_name(const std::string& wanted) const;

  const onnx::GraphProto& proto_;
  int opset_;
  std::map<std::string, ReadTensor> tensors_;
  std::map<std::string, nn::NodeId> materialized_;  ///< constants, by name and shape
  std::map<std::int32_t, std::vector<float>> values_;
};

}  // namespace showergan::onnx_file
