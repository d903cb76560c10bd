#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nn/kernel/kernel.hpp"
#include "nn/kernel/strided.hpp"

namespace showergan::nn::kernel {

/// One rectangular copy: from offset and strides in an input to offset and strides in the output.
/// Strides of 0 on the input's side repeat it.
struct CopyView {
  std::size_t input = 0;
  std::int64_t input_offset = 0;
  std::int64_t output_offset = 0;
  std::vector<std::int64_t> extents;
  std::vector<std::int64_t> input_strides;
  std::vector<std::int64_t> output_strides;
};

/// Everything that only moves numbers (permute, slice, crop, pad, concatenate, up-sample, shuffle):
/// the forward pass copies views, the backward pass adds them back.
class StridedCopy : public Kernel {
 public:
  StridedCopy(const Request& request, std::vector<CopyView> views);

  void forward(const ForwardArguments& arguments) override;
  void backward(const BackwardArguments& arguments) override;
  std::string implementation() const override { return "strided copy"; }

 private:
  struct Copy {
    std::size_t input;
    std::int64_t input_offset;
    std::int64_t output_offset;
    StridedLoop<2> loop;  ///< operands: output, input
  };

  std::vector<Copy> copies_;
  std::vector<std::int64_t> input_sizes_;
  std::int64_t output_size_ = 0;
  bool covers_output_ = false;
};

/// to[i · to_step] = from[i · from_step].
void copy_row(float* to, std::int64_t to_step, const float* from, std::int64_t from_step,
              std::int64_t length);
/// to[i · to_step] += from[i · from_step].
void add_row(float* to, std::int64_t to_step, const float* from, std::int64_t from_step,
             std::int64_t length);

/// Copies a whole tensor between two layouts of equal extents.
void copy_tensor(const float* from, const std::vector<std::int64_t>& from_strides, float* to,
                 const std::vector<std::int64_t>& to_strides,
                 const std::vector<std::int64_t>& extents);

}  // namespace showergan::nn::kernel
