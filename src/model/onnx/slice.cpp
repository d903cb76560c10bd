#include <algorithm>

#include <fmt/format.h>

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Slice& slice, NodeWriter& writer) {
  const std::string start = writer.integers("start", {slice.start});
  const std::string stop = writer.integers("stop", {slice.stop});
  const std::string axis = writer.integers("axis", {slice.axis + 1});
  const std::string step = writer.integers("step", {slice.step});
  writer.emit("Slice", {writer.input().name, start, stop, axis, step});
}

namespace {

/// The slices of an ONNX Slice, one per axis; bounds count from the end if negative and are cut to
/// the tensor.
std::vector<nn::Slice> slices_of(NodeReader& reader, const nn::Shape& from) {
  const std::vector<std::int64_t> starts = reader.integers(1);
  const std::vector<std::int64_t> stops = reader.integers(2);
  std::vector<std::int64_t> axes;
  for (std::size_t i = 0; i < starts.size(); ++i) axes.push_back(static_cast<std::int64_t>(i));
  if (reader.has(3)) axes = reader.integers(3);
  std::vector<std::int64_t> steps(starts.size(), 1);
  if (reader.has(4)) steps = reader.integers(4);
  if (stops.size() != starts.size() || axes.size() != starts.size() ||
      steps.size() != starts.size()) {
    throw reader.error("starts, ends, axes and steps are not equally many");
  }
  std::vector<nn::Slice> slices;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    nn::Slice slice;
    slice.axis = reader.sample_axis(axes[i], from.size() + 1);
    const std::int64_t extent = from[static_cast<std::size_t>(slice.axis)];
    const auto bound = [&](std::int64_t x) {
      return std::clamp<std::int64_t>(x < 0 ? std::max(x, -extent) + extent : x, 0, extent);
    };
    slice.start = bound(starts[i]);
    slice.stop = bound(stops[i]);
    slice.step = steps[i];
    if (slice.step < 1) throw reader.error("negative steps are not supported");
    slices.push_back(slice);
  }
  return slices;
}

bool is_cropping(const std::vector<nn::Slice>& slices, const nn::Shape& from) {
  return from.size() == 4 && slices.size() == 3 && slices[0].axis == 1 && slices[1].axis == 2 &&
         slices[2].axis == 3 && std::all_of(slices.begin(), slices.end(), [](const nn::Slice& s) {
           return s.step == 1 && s.start < s.stop;
         });
}

}  // namespace

void read_slice(NodeReader& reader) {
  nn::NodeId node = reader.node();
  const nn::Shape from = reader.graph().node(node).shape;
  const std::vector<nn::Slice> slices = slices_of(reader, from);
  if (is_cropping(slices, from)) {
    nn::Cropping cropping;
    for (std::size_t i = 0; i < 3; ++i) {
      cropping.cells.before[i] = slices[i].start;
      cropping.cells.after[i] = from[i + 1] - slices[i].stop;
    }
    return reader.set_result(reader.add(cropping, {node}));
  }
  for (const nn::Slice& slice : slices) node = reader.add(slice, {node});
  reader.set_result(node);
}

/// One element of an axis, which disappears, or some neighbouring ones.
void read_gather(NodeReader& reader) {
  const nn::NodeId input = reader.node();
  const nn::Shape& from = reader.graph().node(input).shape;
  const Tensor& indices = reader.constant(1);
  const std::int64_t axis = reader.sample_axis(reader.integer("axis", 0), from.size() + 1);
  if (!indices.integral || indices.size() < 1 || indices.dims.size() > 1) {
    throw reader.error("the indices are no number and no list");
  }
  const std::int64_t extent = from[static_cast<std::size_t>(axis)];
  nn::Slice slice{axis, indices.integers[0], 0, 1};
  if (slice.start < 0) slice.start += extent;
  if (slice.start < 0 || slice.start >= extent) {
    throw reader.error(fmt::format("there is no index {} among {}", indices.integers[0], extent));
  }
  slice.stop = slice.start + indices.size();
  for (std::size_t i = 1; i < indices.integers.size(); ++i) {
    if (indices.integers[i] != indices.integers[i - 1] + 1) {
      throw reader.error("the indices are not neighbours");
    }
  }
  nn::Shape dims = from;
  if (indices.dims.empty()) dims.erase(dims.begin() + axis);
  if (!indices.dims.empty()) return reader.set_result(reader.add(slice, {input}));
  const nn::NodeId part = extent == 1 ? input : reader.add_helper("part", slice, {input});
  reader.set_result(reader.add(nn::Reshape{dims.empty() ? nn::Shape{1} : dims}, {part}), dims);
}

}  // namespace showergan::onnx_file
