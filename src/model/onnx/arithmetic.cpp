#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

using nn::BinaryFunction;

void write(const nn::Arithmetic& arithmetic, NodeWriter& writer) {
  static const std::map<BinaryFunction, std::string> names{{BinaryFunction::add, "Add"},
                                                           {BinaryFunction::subtract, "Sub"},
                                                           {BinaryFunction::multiply, "Mul"},
                                                           {BinaryFunction::divide, "Div"}};
  writer.emit(names.at(arithmetic.function), writer.broadcast());
}

void read_arithmetic(NodeReader& reader) {
  static const std::map<std::string, BinaryFunction> functions{{"Add", BinaryFunction::add},
                                                               {"Sub", BinaryFunction::subtract},
                                                               {"Mul", BinaryFunction::multiply},
                                                               {"Div", BinaryFunction::divide}};
  if (reader.input_count() != 2) throw reader.error("does not have two inputs");
  const std::vector<nn::NodeId> inputs = reader.broadcast();
  const nn::NodeId node = reader.add(nn::Arithmetic{functions.at(reader.op_type())}, inputs);
  const std::size_t computed = reader.input(0).is_constant() ? 1 : 0;
  const bool per_shower = !reader.input(computed).is_constant() && reader.dims(computed).empty();
  reader.set_result(node, per_shower ? nn::Shape{} : reader.graph().node(node).shape);
}

}  // namespace showergan::onnx_file
