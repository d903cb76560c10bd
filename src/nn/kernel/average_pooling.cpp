#include <algorithm>

#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {
namespace {

class AveragePoolingKernel : public Kernel {
 public:
  AveragePoolingKernel(const AveragePooling& op, const Request& request)
      : in_count_(request.batch * element_count(request.input_shape(0))),
        out_count_(request.batch * element_count(request.node.shape)),
        share_(1.0f / static_cast<float>(op.block[0] * op.block[1] * op.block[2])) {
    const Layout in =
        physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
    const Layout out = physical_layout(request.node.shape, request.batch);
    std::vector<std::int64_t> extents{out.extents[0], out.extents[1]};
    std::vector<std::int64_t> in_strides{in.strides[0], in.strides[1]};
    std::vector<std::int64_t> out_strides{out.strides[0], out.strides[1]};
    for (std::size_t i = 0; i < 3; ++i) {  // a block, and the cells in it
      extents.insert(extents.end(), {out.extents[i + 2], op.block[i]});
      in_strides.insert(in_strides.end(), {in.strides[i + 2] * op.block[i], in.strides[i + 2]});
      out_strides.insert(out_strides.end(), {out.strides[i + 2], 0});
    }
    loop_ = StridedLoop<2>(extents, {in_strides, out_strides});
  }

  std::string implementation() const override { return "strided loop"; }

  void forward(const ForwardArguments& arguments) override {
    float* out = arguments.output;
    std::fill_n(out, out_count_, 0.0f);
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      add_row(out + at[1], step[1], arguments.inputs[0] + at[0], step[0], length);
    });
    for (std::int64_t i = 0; i < out_count_; ++i) out[i] *= share_;
  }

  void backward(const BackwardArguments& arguments) override {
    float* gradient = arguments.input_gradients[0];
    if (!gradient) return;
    std::fill_n(gradient, in_count_, 0.0f);  // cells beyond the last whole block have none
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      const float* from = arguments.output_gradient + at[1];
      for (std::int64_t i = 0; i < length; ++i) {
        gradient[at[0] + i * step[0]] = from[i * step[1]] * share_;
      }
    });
  }

 private:
  std::int64_t in_count_;
  std::int64_t out_count_;
  float share_;
  StridedLoop<2> loop_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const AveragePooling& op, const Request& request) {
  return std::make_unique<AveragePoolingKernel>(op, request);
}

}  // namespace showergan::nn::kernel
