#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace onnx {
class TensorProto;
}

namespace showergan::onnx_file {

/// Stands for the number of showers, which a file does not know, in the shapes that it computes.
inline constexpr std::int64_t batch_extent = std::numeric_limits<std::int64_t>::min() + 1;

/// Numbers that are in an ONNX file: weights, shapes, scales.
struct Tensor {
  std::vector<std::int64_t> dims;
  bool integral = false;               ///< which of the two holds the values
  std::vector<float> floats;           ///< row-major
  std::vector<std::int64_t> integers;  ///< row-major

  std::int64_t size() const noexcept {
    return static_cast<std::int64_t>(integral ? integers.size() : floats.size());
  }
};

/// Reads float, double and integer tensors. Throws InputError if the shape and the data do not
/// agree, the type is another one, or the data is in another file.
Tensor read_tensor(const onnx::TensorProto& proto);

/// `values[indices[i]]` for all i.
Tensor gather(const Tensor& values, const std::vector<std::int64_t>& indices,
              std::vector<std::int64_t> dims);

}  // namespace showergan::onnx_file
