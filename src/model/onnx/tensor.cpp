#include "model/onnx/tensor.hpp"

#include <bit>
#include <cstring>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "showergan/error.hpp"

#include "model/checked_add.hpp"

namespace showergan::onnx_file {
namespace {

static_assert(std::endian::native == std::endian::little, "raw tensor data is little-endian");

std::string name_of(const onnx::TensorProto& proto) {
  return proto.name().empty() ? "a constant" : fmt::format("the tensor '{}'", proto.name());
}

/// Values from `raw_data` or, if that is empty, from the field of the type.
template <class Stored, class Result, class Field>
std::vector<Result> read_values(const onnx::TensorProto& proto, const Field& field,
                                std::int64_t count) {
  std::vector<Result> values(static_cast<std::size_t>(count));
  if (proto.has_raw_data()) {
    const std::string& raw = proto.raw_data();
    if (raw.size() != values.size() * sizeof(Stored)) {
      throw InputError(fmt::format("{} holds {} bytes, not the {} of its shape", name_of(proto),
                                   raw.size(), values.size() * sizeof(Stored)));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      Stored stored;
      std::memcpy(&stored, raw.data() + i * sizeof(Stored), sizeof(Stored));
      values[i] = static_cast<Result>(stored);
    }
    return values;
  }
  if (static_cast<std::int64_t>(field.size()) != count) {
    throw InputError(fmt::format("{} holds {} numbers, not the {} of its shape", name_of(proto),
                                 field.size(), count));
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<Result>(field[static_cast<int>(i)]);
  }
  return values;
}

/// Number of values, after a check that the data can be there at all: a hostile shape must not make
/// us allocate.
std::int64_t checked_count(const onnx::TensorProto& proto) {
  std::int64_t count = 1;
  for (const std::int64_t extent : proto.dims()) {
    if (extent < 0 || (extent > 0 && count > largest_tensor / extent)) {
      throw InputError(fmt::format("{} has an impossible shape", name_of(proto)));
    }
    count *= extent;
  }
  const auto stored = static_cast<std::int64_t>(proto.raw_data().size()) + proto.float_data_size() +
                      proto.double_data_size() + proto.int64_data_size() + proto.int32_data_size();
  if (count > stored) {
    throw InputError(fmt::format("{} has less data than its shape says", name_of(proto)));
  }
  return count;
}

}  // namespace

Tensor read_tensor(const onnx::TensorProto& proto) {
  if (proto.data_location() == onnx::TensorProto::EXTERNAL) {
    throw InputError(fmt::format("{} is in another file", name_of(proto)), {},
                     "save the model with its weights in one file");
  }
  const std::int64_t count = checked_count(proto);
  Tensor tensor;
  tensor.dims.assign(proto.dims().begin(), proto.dims().end());
  switch (proto.data_type()) {
    case onnx::TensorProto::FLOAT:
      tensor.floats = read_values<float, float>(proto, proto.float_data(), count);
      break;
    case onnx::TensorProto::DOUBLE:
      tensor.floats = read_values<double, float>(proto, proto.double_data(), count);
      break;
    case onnx::TensorProto::INT64:
      tensor.integers = read_values<std::int64_t, std::int64_t>(proto, proto.int64_data(), count);
      tensor.integral = true;
      break;
    case onnx::TensorProto::INT32:
      tensor.integers = read_values<std::int32_t, std::int64_t>(proto, proto.int32_data(), count);
      tensor.integral = true;
      break;
    default:
      throw InputError(fmt::format("{} is of a type that is not supported ({})", name_of(proto),
                                   proto.data_type()),
                       {}, "save the model with float32 weights");
  }
  return tensor;
}

Tensor gather(const Tensor& values, const std::vector<std::int64_t>& indices,
              std::vector<std::int64_t> dims) {
  Tensor result;
  result.dims = std::move(dims);
  result.integral = values.integral;
  for (const std::int64_t index : indices) {
    const auto i = static_cast<std::size_t>(index);
    if (values.integral) {
      result.integers.push_back(values.integers[i]);
    } else {
      result.floats.push_back(values.floats[i]);
    }
  }
  return result;
}

}  // namespace showergan::onnx_file
