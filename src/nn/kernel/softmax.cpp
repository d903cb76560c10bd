#include <algorithm>
#include <cmath>

#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided.hpp"

namespace showergan::nn::kernel {
namespace {

class SoftmaxKernel : public Kernel {
 public:
  SoftmaxKernel(const Softmax& op, const Request& request) {
    const Layout in =
        physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
    const Layout out = physical_layout(request.node.shape, request.batch);
    const auto axis = static_cast<std::size_t>(op.axis) + 1;
    length_ = out.extents[axis];
    in_step_ = in.strides[axis];
    out_step_ = out.strides[axis];
    std::vector<std::int64_t> extents = out.extents;
    extents[axis] = 1;
    loop_ = StridedLoop<2>(extents, {out.strides, in.strides});
  }

  bool backward_reads_output() const override { return true; }
  std::string implementation() const override { return "strided loop"; }

  void forward(const ForwardArguments& arguments) override {
    for_each_line([&](std::int64_t out_at, std::int64_t in_at) {
      const float* in = arguments.inputs[0] + in_at;
      float* out = arguments.output + out_at;
      float largest = in[0];
      for (std::int64_t i = 1; i < length_; ++i) largest = std::max(largest, in[i * in_step_]);
      double sum = 0;
      for (std::int64_t i = 0; i < length_; ++i) {
        const float e = std::exp(in[i * in_step_] - largest);
        out[i * out_step_] = e;
        sum += static_cast<double>(e);
      }
      const auto scale = static_cast<float>(1.0 / sum);
      for (std::int64_t i = 0; i < length_; ++i) out[i * out_step_] *= scale;
    });
  }

  void backward(const BackwardArguments& arguments) override {
    float* to = arguments.input_gradients[0];
    if (!to) return;
    for_each_line([&](std::int64_t out_at, std::int64_t in_at) {
      const float* y = arguments.output + out_at;
      const float* gradient = arguments.output_gradient + out_at;
      double dot = 0;
      for (std::int64_t i = 0; i < length_; ++i) {
        dot += static_cast<double>(y[i * out_step_]) * static_cast<double>(gradient[i * out_step_]);
      }
      const auto mean = static_cast<float>(dot);
      for (std::int64_t i = 0; i < length_; ++i) {
        to[in_at + i * in_step_] = y[i * out_step_] * (gradient[i * out_step_] - mean);
      }
    });
  }

 private:
  template <class F>
  void for_each_line(F&& f) const {
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      for (std::int64_t i = 0; i < length; ++i) f(at[0] + i * step[0], at[1] + i * step[1]);
    });
  }

  std::int64_t length_ = 1;
  std::int64_t in_step_ = 1;
  std::int64_t out_step_ = 1;
  StridedLoop<2> loop_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Softmax& op, const Request& request) {
  return std::make_unique<SoftmaxKernel>(op, request);
}

}  // namespace showergan::nn::kernel
