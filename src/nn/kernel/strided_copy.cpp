#include "nn/kernel/strided_copy.hpp"

#include <algorithm>
#include <cstring>

namespace showergan::nn::kernel {

void copy_row(float* to, std::int64_t to_step, const float* from, std::int64_t from_step,
              std::int64_t length) {
  if (to_step == 1 && from_step == 1) {
    std::memcpy(to, from, static_cast<std::size_t>(length) * sizeof(float));
  } else if (to_step == 1 && from_step == 0) {
    std::fill_n(to, length, *from);
  } else {
    for (std::int64_t i = 0; i < length; ++i) to[i * to_step] = from[i * from_step];
  }
}

void add_row(float* to, std::int64_t to_step, const float* from, std::int64_t from_step,
             std::int64_t length) {
  if (to_step == 1 && from_step == 1) {
    for (std::int64_t i = 0; i < length; ++i) to[i] += from[i];
  } else if (to_step == 0) {
    double sum = 0;
    for (std::int64_t i = 0; i < length; ++i) sum += static_cast<double>(from[i * from_step]);
    *to += static_cast<float>(sum);
  } else {
    for (std::int64_t i = 0; i < length; ++i) to[i * to_step] += from[i * from_step];
  }
}

void copy_tensor(const float* from, const std::vector<std::int64_t>& from_strides, float* to,
                 const std::vector<std::int64_t>& to_strides,
                 const std::vector<std::int64_t>& extents) {
  const StridedLoop<2> loop(extents, {to_strides, from_strides});
  loop.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
    copy_row(to + at[0], step[0], from + at[1], step[1], length);
  });
}

StridedCopy::StridedCopy(const Request& request, std::vector<CopyView> views)
    : output_size_(request.batch * element_count(request.node.shape)) {
  for (std::size_t i = 0; i < request.node.inputs.size(); ++i) {
    input_sizes_.push_back(request.batch * element_count(request.input_shape(i)));
  }
  std::int64_t written = 0;
  for (const CopyView& view : views) {
    std::int64_t elements = 1;
    for (const std::int64_t extent : view.extents) elements *= extent;
    written += elements;
    copies_.push_back({view.input, view.input_offset, view.output_offset,
                       StridedLoop<2>(view.extents, {view.output_strides, view.input_strides})});
  }
  covers_output_ = written == output_size_;
}

void StridedCopy::forward(const ForwardArguments& arguments) {
  if (!covers_output_) std::fill_n(arguments.output, output_size_, 0.0f);
  for (const Copy& copy : copies_) {
    float* to = arguments.output + copy.output_offset;
    const float* from = arguments.inputs[copy.input] + copy.input_offset;
    copy.loop.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      copy_row(to + at[0], step[0], from + at[1], step[1], length);
    });
  }
}

void StridedCopy::backward(const BackwardArguments& arguments) {
  for (std::size_t i = 0; i < input_sizes_.size(); ++i) {
    if (arguments.input_gradients[i]) {
      std::fill_n(arguments.input_gradients[i], input_sizes_[i], 0.0f);
    }
  }
  for (const Copy& copy : copies_) {
    if (!arguments.input_gradients[copy.input]) continue;
    float* to = arguments.input_gradients[copy.input] + copy.input_offset;
    const float* from = arguments.output_gradient + copy.output_offset;
    copy.loop.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      add_row(to + at[1], step[1], from + at[0], step[0], length);
    });
  }
}

}  // namespace showergan::nn::kernel
