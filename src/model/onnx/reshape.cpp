#include <fmt/format.h>

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Reshape&, NodeWriter& writer) {
  const std::string target = writer.integers("shape", reshape_target(writer.node().shape));
  writer.emit("Reshape", {writer.input().name, target});
}

namespace {

/// The same numbers under another ONNX shape (without batch).
void set_reshaped(NodeReader& reader, const nn::Shape& dims) {
  const nn::NodeId input = reader.node();
  const nn::Shape shape = dims.empty() ? nn::Shape{1} : dims;
  if (reader.graph().node(input).shape == shape) return reader.set_result(input, dims);
  if (const auto found = find_depth_to_space(reader.graph(), input, shape)) {
    return reader.set_result(reader.add(found->shuffle, {found->input}));
  }
  reader.set_result(reader.add(nn::Reshape{shape}, {input}), dims);
}

}  // namespace

void read_reshape(NodeReader& reader) {
  const bool zero_is_zero = reader.integer("allowzero", 0) != 0;
  const std::vector<std::int64_t> target = reader.integers(1);
  const nn::NodeId input = reader.node();
  const nn::Shape& from = reader.graph().node(input).shape;
  const std::int64_t total = nn::element_count(from);
  if (target.empty()) throw reader.error("leaves no batch axis");
  nn::Shape dims;
  std::int64_t known = 1;
  bool open = false;
  for (std::size_t i = 1; i < target.size(); ++i) {
    std::int64_t extent = target[i];
    if (extent == 0 && !zero_is_zero && i <= from.size()) extent = from[i - 1];
    if (extent == -1 && !open) {
      open = true;
    } else if (extent < 1 || extent > total) {
      throw reader.error(
          fmt::format("cannot make a shape with {} of {}", extent, nn::to_string(from)));
    } else {
      known *= extent;
    }
    dims.push_back(extent);
    if (known > total) break;
  }
  if (known > total || total % known != 0 || (!open && known != total)) {
    throw reader.error(
        fmt::format("cannot make [{}] of {} per shower", nn::to_string(dims), nn::to_string(from)),
        "the batch must stay the first axis");
  }
  for (std::int64_t& extent : dims) {
    if (extent == -1) extent = total / known;
  }
  set_reshaped(reader, dims);
}

void read_flatten(NodeReader& reader) {
  if (reader.integer("axis", 1) != 1) throw reader.error("does not keep the batch axis");
  const nn::NodeId input = reader.node();
  set_reshaped(reader, {nn::element_count(reader.graph().node(input).shape)});
}

void read_squeeze(NodeReader& reader) {
  if (!reader.has(1)) throw reader.error("does not say which axes", "name the axes");
  nn::Shape dims = reader.dims();
  const std::size_t rank = dims.size() + 1;
  for (const std::int64_t axis : reader.integers(1)) {
    std::int64_t& extent = dims[static_cast<std::size_t>(reader.sample_axis(axis, rank))];
    if (extent != 1) throw reader.error(fmt::format("axis {} has {} elements", axis, extent));
    extent = 0;  // marked to go
  }
  std::erase(dims, 0);
  set_reshaped(reader, dims);
}

void read_unsqueeze(NodeReader& reader) {
  const std::vector<std::int64_t> axes = reader.integers(1);
  const std::size_t rank = reader.dims().size() + 1 + axes.size();
  nn::Shape dims(rank - 1, 0);
  for (const std::int64_t axis : axes) {
    std::int64_t& extent = dims[static_cast<std::size_t>(reader.sample_axis(axis, rank))];
    if (extent == 1) throw reader.error(fmt::format("names axis {} twice", axis));
    extent = 1;
  }
  std::size_t next = 0;
  const nn::Shape& from = reader.dims();
  for (std::int64_t& extent : dims) {
    if (extent == 0) extent = from[next++];
  }
  set_reshaped(reader, dims);
}

void read_identity(NodeReader& reader) {
  reader.set_result_to_input(0);
}

}  // namespace showergan::onnx_file
