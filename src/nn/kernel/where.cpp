#include <algorithm>

#include "nn/kernel/broadcast.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided.hpp"

namespace showergan::nn::kernel {
namespace {

class WhereKernel : public Kernel {
 public:
  explicit WhereKernel(const Request& request) {
    const Layout out = physical_layout(request.node.shape, request.batch);
    loop_ =
        StridedLoop<4>(out.extents, {out.strides, broadcast_strides(request, 0),
                                     broadcast_strides(request, 1), broadcast_strides(request, 2)});
    for (std::size_t i = 0; i < 3; ++i) {
      sizes_[i] = request.batch * element_count(request.input_shape(i));
    }
  }

  bool backward_reads_inputs() const override { return true; }
  std::string implementation() const override { return "strided loop"; }

  void forward(const ForwardArguments& arguments) override {
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      float* out = arguments.output + at[0];
      const float* condition = arguments.inputs[0] + at[1];
      const float* a = arguments.inputs[1] + at[2];
      const float* b = arguments.inputs[2] + at[3];
      for (std::int64_t i = 0; i < length; ++i) {
        out[i * step[0]] = condition[i * step[1]] > 0 ? a[i * step[2]] : b[i * step[3]];
      }
    });
  }

  void backward(const BackwardArguments& arguments) override {
    for (std::size_t i = 0; i < 3; ++i) {
      if (arguments.input_gradients[i]) std::fill_n(arguments.input_gradients[i], sizes_[i], 0.0f);
    }
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      const float* gradient = arguments.output_gradient + at[0];
      const float* condition = arguments.inputs[0] + at[1];
      for (std::int64_t i = 0; i < length; ++i) {
        const std::size_t chosen = condition[i * step[1]] > 0 ? 1 : 2;
        if (float* to = arguments.input_gradients[chosen]) {
          to[at[chosen + 1] + i * step[chosen + 1]] += gradient[i * step[0]];
        }
      }
    });
  }

 private:
  StridedLoop<4> loop_;
  std::int64_t sizes_[3];
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Where&, const Request& request) {
  return std::make_unique<WhereKernel>(request);
}

}  // namespace showergan::nn::kernel
