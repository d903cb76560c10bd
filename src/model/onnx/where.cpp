#include <algorithm>

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Where&, NodeWriter& writer) {
  std::vector<std::string> inputs = writer.broadcast();
  const std::string zero = writer.scalar("zero", 0);
  writer.emit_more("Greater", {inputs[0], zero}, "positive");
  inputs[0] = writer.local("positive");
  writer.emit("Where", inputs);
}

/// A comparison becomes the number that is positive where it holds: x > 0 is x itself.
void read_comparison(NodeReader& reader) {
  if (reader.input_count() != 2) throw reader.error("does not have two inputs");
  const std::size_t larger = reader.op_type() == "Greater" ? 0 : 1;
  const std::size_t smaller = 1 - larger;
  const auto is_zero = [&](std::size_t i) {
    const ReadTensor& tensor = reader.input(i);
    return tensor.is_constant() && tensor.constant->size() == 1 && !tensor.constant->integral &&
           tensor.constant->floats[0] == 0;
  };
  if (is_zero(smaller) && !reader.input(larger).is_constant()) {
    const nn::Shape dims = reader.dims(larger);
    return reader.set_result(reader.node(larger), dims, true);
  }
  const std::vector<nn::NodeId> inputs = reader.broadcast();
  const nn::NodeId node =
      reader.add(nn::Arithmetic{nn::BinaryFunction::subtract}, {inputs[larger], inputs[smaller]});
  reader.set_result(node, reader.graph().node(node).shape, true);
}

void read_where(NodeReader& reader) {
  if (reader.input_count() != 3) throw reader.error("does not have three inputs");
  const ReadTensor& condition = reader.input(0);
  if (!condition.boolean) {
    throw reader.error("the condition is not a comparison (Greater, Less)");
  }
  std::vector<nn::NodeId> inputs = reader.broadcast(1);
  inputs.insert(inputs.begin(), condition.node);
  const nn::NodeId node = reader.add(nn::Where{}, inputs);
  reader.set_result(node, condition.dims.empty() ? nn::Shape{} : reader.graph().node(node).shape);
}

}  // namespace showergan::onnx_file
