#include <algorithm>

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Reduction& reduction, NodeWriter& writer) {
  if (reduction.axes.empty()) {  // to ONNX no axes mean all of them
    writer.emit("Identity", {writer.input().name});
    return;
  }
  const bool sum = reduction.reducer == nn::Reducer::sum;
  const bool to_one_number =
      !reduction.keep_axes && reduction.axes.size() == writer.input().shape.size();
  const std::string reduced = to_one_number ? writer.local("reduced") : writer.output();
  std::vector<std::string> inputs{writer.input().name};
  if (sum) inputs.push_back(writer.integers("axes", onnx_axes(reduction.axes)));
  Attributes node = writer.emit_first(sum ? "ReduceSum" : "ReduceMean", inputs, reduced);
  if (!sum) node.set("axes", onnx_axes(reduction.axes));
  node.set("keepdims", std::int64_t{reduction.keep_axes});
  if (to_one_number) {  // ONNX leaves (n), we have (n, 1)
    const std::string target = writer.integers("shape", reshape_target({1}));
    writer.emit_more("Reshape", {reduced, target}, "one", writer.output());
  }
}

void read_reduction(NodeReader& reader) {
  const bool noop = reader.integer("noop_with_empty_axes", 0) != 0;
  std::vector<std::int64_t> axes = reader.integers("axes", {});
  if (reader.has(1)) axes = reader.integers(1);
  const nn::NodeId input = reader.node();
  const std::size_t rank = reader.graph().node(input).shape.size();
  if (!reader.input(0).is_constant() && reader.dims().empty()) {
    throw reader.error("reduces over the batch axis, which mixes showers");
  }
  if (axes.empty() && !noop) {
    throw reader.error("reduces over all axes, the batch included, which mixes showers");
  }
  nn::Reduction reduction;
  reduction.reducer = reader.op_type() == "ReduceSum" ? nn::Reducer::sum : nn::Reducer::mean;
  reduction.keep_axes = reader.integer("keepdims", 1) != 0;
  for (const std::int64_t axis : axes) {
    reduction.axes.push_back(reader.sample_axis(axis, rank + 1));
  }
  std::sort(reduction.axes.begin(), reduction.axes.end());
  const nn::NodeId node = reader.add(reduction, {input});
  const bool to_one_number = !reduction.keep_axes && reduction.axes.size() == rank;
  reader.set_result(node, to_one_number ? nn::Shape{} : reader.graph().node(node).shape);
}

}  // namespace showergan::onnx_file
