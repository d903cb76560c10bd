#include <algorithm>
#include <functional>
#include <numeric>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {
namespace {

using Dims = std::vector<std::int64_t>;
using Fold = Tensor (*)(NodeReader&);

/// No chain of an exporter holds more numbers than this; a hostile one might ask for them.
constexpr std::int64_t largest_folded = std::int64_t{1} << 24;

std::int64_t product(const Dims& dims) {
  return std::accumulate(dims.begin(), dims.end(), std::int64_t{1}, std::multiplies<>());
}

/// The tensor of shape `dims` whose element at a position is that of `from` at source(position).
Tensor rearrange(const Tensor& from, Dims dims, const std::function<Dims(const Dims&)>& source) {
  std::vector<std::int64_t> indices;
  Dims position(dims.size(), 0);
  for (std::int64_t n = product(dims); n > 0; --n) {
    const Dims at = source(position);
    std::int64_t index = 0;
    for (std::size_t i = 0; i < at.size(); ++i) index = index * from.dims[i] + at[i];
    indices.push_back(index);
    for (std::size_t i = dims.size(); i-- > 0;) {
      if (++position[i] < dims[i]) break;
      position[i] = 0;
    }
  }
  return gather(from, indices, std::move(dims));
}

std::size_t axis_of(const NodeReader& reader, std::int64_t axis, std::size_t rank) {
  const auto n = static_cast<std::int64_t>(rank);
  if (axis < -n || axis >= n) throw reader.error(fmt::format("has no axis {}", axis));
  return static_cast<std::size_t>(axis < 0 ? axis + n : axis);
}

Tensor fold_cast(NodeReader& reader) {
  const std::int64_t type = reader.integer("to", 0);
  const bool integral = type == onnx::TensorProto::INT64 || type == onnx::TensorProto::INT32;
  if (!integral && type != onnx::TensorProto::FLOAT) throw reader.error("casts to another type");
  Tensor tensor = reader.constant(0);
  if (tensor.integral && !integral) {
    for (const std::int64_t x : tensor.integers) tensor.floats.push_back(static_cast<float>(x));
    tensor.integers.clear();
  } else if (!tensor.integral && integral) {
    throw reader.error("casts numbers to whole ones");
  }
  tensor.integral = integral;
  return tensor;
}

Tensor fold_concat(NodeReader& reader) {
  const Tensor& first = reader.constant(0);
  Tensor result = first;
  const std::size_t axis = axis_of(reader, reader.integer("axis", 0), first.dims.size());
  for (std::size_t i = 1; i < reader.input_count(); ++i) {
    const Tensor& next = reader.constant(i);
    Dims expected = next.dims;
    if (axis < expected.size()) expected[axis] = result.dims[axis];
    if (next.integral != result.integral || expected != result.dims) {
      throw reader.error("joins numbers of different shapes or types");
    }
    Tensor both = result;
    both.dims = {result.size() + next.size()};
    both.floats.insert(both.floats.end(), next.floats.begin(), next.floats.end());
    both.integers.insert(both.integers.end(), next.integers.begin(), next.integers.end());
    const std::int64_t before = result.dims[axis];
    const Dims from_first = result.dims;
    const std::int64_t offset = result.size();
    Dims dims = result.dims;
    dims[axis] += next.dims[axis];
    result = rearrange(both, dims, [&](const Dims& position) -> Dims {
      const bool in_first = position[axis] < before;
      const Dims& shape = in_first ? from_first : next.dims;
      std::int64_t index = 0;
      for (std::size_t k = 0; k < position.size(); ++k) {
        index = index * shape[k] + position[k] - (k == axis && !in_first ? before : 0);
      }
      return {in_first ? index : offset + index};
    });
  }
  return result;
}

Tensor fold_constant_of_shape(NodeReader& reader) {
  Tensor value;
  value.floats = {0};
  if (reader.has_attribute("value")) value = reader.tensor("value");
  Dims dims = reader.integers(0);
  std::int64_t count = 1;
  for (const std::int64_t extent : dims) {
    if (extent < 0 || (extent > 0 && count > largest_folded / extent)) {
      throw reader.error("asks for too many numbers");
    }
    count *= extent;
  }
  if (value.size() != 1) throw reader.error("repeats more than one number");
  return gather(value, std::vector<std::int64_t>(static_cast<std::size_t>(count), 0),
                std::move(dims));
}

Tensor fold_gather(NodeReader& reader) {
  const Tensor& from = reader.constant(0);
  const std::size_t axis = axis_of(reader, reader.integer("axis", 0), from.dims.size());
  const Tensor& indices = reader.constant(1);
  Dims dims = from.dims;
  if (!indices.integral || indices.dims.size() > 1) throw reader.error("the indices are no list");
  for (const std::int64_t index : indices.integers) {
    if (index < -from.dims[axis] || index >= from.dims[axis]) {
      throw reader.error(fmt::format("there is no index {} among {}", index, from.dims[axis]));
    }
  }
  dims[axis] = indices.size();
  Tensor result = rearrange(from, dims, [&](Dims position) {
    const std::int64_t index = indices.integers[static_cast<std::size_t>(position[axis])];
    position[axis] = index < 0 ? index + from.dims[axis] : index;
    return position;
  });
  if (indices.dims.empty()) {
    result.dims.erase(result.dims.begin() + static_cast<std::ptrdiff_t>(axis));
  }
  return result;
}

Tensor fold_reshape(NodeReader& reader) {
  Tensor tensor = reader.constant(0);
  Dims dims = reader.integers(1);
  const std::int64_t total = tensor.size();
  std::int64_t known = 1;
  std::int64_t* open = nullptr;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == 0 && i < tensor.dims.size()) dims[i] = tensor.dims[i];
    if (dims[i] == -1 && !open) {
      open = &dims[i];
    } else if (dims[i] < 1 || dims[i] > total || known > total / dims[i]) {
      throw reader.error("cannot make that shape");
    } else {
      known *= dims[i];
    }
  }
  if (open) *open = total / known;
  if (product(dims) != total) throw reader.error("cannot make that shape");
  tensor.dims = std::move(dims);
  return tensor;
}

Tensor fold_slice(NodeReader& reader) {
  const Tensor& from = reader.constant(0);
  const Dims starts = reader.integers(1);
  const Dims stops = reader.integers(2);
  Dims axes(starts.size());
  std::iota(axes.begin(), axes.end(), 0);
  if (reader.has(3)) axes = reader.integers(3);
  Dims steps(starts.size(), 1);
  if (reader.has(4)) steps = reader.integers(4);
  if (stops.size() != starts.size() || axes.size() != starts.size() ||
      steps.size() != starts.size()) {
    throw reader.error("starts, ends, axes and steps are not equally many");
  }
  Dims dims = from.dims;
  Dims first(dims.size(), 0);
  Dims step(dims.size(), 1);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t axis = axis_of(reader, axes[i], dims.size());
    const std::int64_t n = from.dims[axis];
    if (steps[i] == 0 || steps[i] < -largest_folded || steps[i] > largest_folded) {
      throw reader.error("has a bad step");
    }
    const bool forward = steps[i] > 0;
    // Bounds count from the end if negative and are cut to the axis: one further down backwards.
    const auto bound = [&](std::int64_t x) {
      const std::int64_t low = forward ? 0 : -1;
      const std::int64_t high = forward ? n : n - 1;
      return std::clamp(x < 0 ? std::max(x, -n - 1) + n : x, low, high);
    };
    first[axis] = bound(starts[i]);
    step[axis] = steps[i];
    const std::int64_t span = bound(stops[i]) - first[axis];
    dims[axis] = std::max<std::int64_t>(0, (span + steps[i] - (forward ? 1 : -1)) / steps[i]);
  }
  return rearrange(from, dims, [&](Dims position) {
    for (std::size_t i = 0; i < position.size(); ++i) {
      position[i] = first[i] + position[i] * step[i];
    }
    return position;
  });
}

Tensor fold_squeeze(NodeReader& reader) {
  Tensor tensor = reader.constant(0);
  if (!reader.has(1)) throw reader.error("does not say which axes");
  const std::size_t rank = tensor.dims.size();
  for (const std::int64_t axis : reader.integers(1)) {
    std::int64_t& extent = tensor.dims[axis_of(reader, axis, rank)];
    if (extent != 1) throw reader.error("removes an axis that is not 1");
    extent = -1;  // marked to go
  }
  std::erase(tensor.dims, -1);
  return tensor;
}

Tensor fold_transpose(NodeReader& reader) {
  const Tensor& from = reader.constant(0);
  Dims permutation(from.dims.size());
  std::iota(permutation.rbegin(), permutation.rend(), 0);
  permutation = reader.integers("perm", permutation);
  Dims sorted = permutation;
  std::sort(sorted.begin(), sorted.end());
  Dims every(from.dims.size());
  std::iota(every.begin(), every.end(), 0);
  if (sorted != every) throw reader.error("'perm' does not name each axis once");
  Dims dims;
  for (const std::int64_t axis : permutation) {
    dims.push_back(from.dims[static_cast<std::size_t>(axis)]);
  }
  return rearrange(from, dims, [&](const Dims& position) {
    Dims at(position.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
      at[static_cast<std::size_t>(permutation[i])] = position[i];
    }
    return at;
  });
}

Tensor fold_unsqueeze(NodeReader& reader) {
  Tensor tensor = reader.constant(0);
  const Dims axes = reader.integers(1);
  Dims dims(tensor.dims.size() + axes.size(), -1);
  for (const std::int64_t axis : axes) {
    std::int64_t& extent = dims[axis_of(reader, axis, dims.size())];
    if (extent == 1) throw reader.error("names an axis twice");
    extent = 1;
  }
  std::size_t next = 0;
  for (std::int64_t& extent : dims) {
    if (extent == -1) extent = tensor.dims[next++];
  }
  tensor.dims = std::move(dims);
  return tensor;
}

const std::map<std::string, Fold>& folds() {
  static const std::map<std::string, Fold> table{{"Cast", fold_cast},
                                                 {"Concat", fold_concat},
                                                 {"ConstantOfShape", fold_constant_of_shape},
                                                 {"Gather", fold_gather},
                                                 {"Reshape", fold_reshape},
                                                 {"Slice", fold_slice},
                                                 {"Squeeze", fold_squeeze},
                                                 {"Transpose", fold_transpose},
                                                 {"Unsqueeze", fold_unsqueeze}};
  return table;
}

}  // namespace

bool fold_constants(NodeReader& reader) {
  const auto fold = folds().find(reader.op_type());
  if (fold == folds().end() || reader.input_count() == 0 || !reader.all_constant()) return false;
  reader.set_result(fold->second(reader));
  return true;
}

/// A cast of something computed: everything computed is float32 already.
void read_cast(NodeReader& reader) {
  if (reader.integer("to", 0) != onnx::TensorProto::FLOAT || reader.input(0).boolean) {
    throw reader.error("casts to another type than float32");
  }
  reader.set_result_to_input(0);
}

void read_constant_of_shape(NodeReader& reader) {
  throw reader.error("the shape is computed");
}

/// The shape of something computed is known but for the number of showers.
void read_shape(NodeReader& reader) {
  Dims dims = reader.input(0).is_constant() ? reader.constant(0).dims : reader.dims();
  if (!reader.input(0).is_constant()) dims.insert(dims.begin(), batch_extent);
  const auto rank = static_cast<std::int64_t>(dims.size());
  const auto bound = [&](std::int64_t x) {
    return std::clamp<std::int64_t>(x < 0 ? std::max(x, -rank) + rank : x, 0, rank);
  };
  const std::int64_t start = bound(reader.integer("start", 0));
  const std::int64_t end = std::max(start, bound(reader.integer("end", rank)));
  Tensor result;
  result.integral = true;
  result.integers.assign(dims.begin() + start, dims.begin() + end);
  result.dims = {result.size()};
  reader.set_result(std::move(result));
}

/// Only the batch axis may be repeated: in our graphs numbers without it are good for all showers.
void read_expand(NodeReader& reader) {
  const nn::NodeId node = reader.node();
  const nn::Shape& shape = reader.graph().node(node).shape;
  Dims expected = shape;
  expected.insert(expected.begin(), batch_extent);
  if (reader.integers(1) != expected) throw reader.error("repeats more than the batch axis");
  reader.set_result(node);
}

}  // namespace showergan::onnx_file
