#include <algorithm>

#include "nn/kernel/broadcast.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided.hpp"

namespace showergan::nn::kernel {
namespace {

/// out = f(a, b) along a row; the two common step patterns get loops that the compiler vectorises.
template <class F>
void apply_row(float* out, std::int64_t out_step, const float* a, std::int64_t a_step,
               const float* b, std::int64_t b_step, std::int64_t length, F f) {
  if (out_step == 1 && a_step == 1 && b_step == 1) {
    for (std::int64_t i = 0; i < length; ++i) out[i] = f(a[i], b[i]);
  } else if (out_step == 1 && a_step == 1 && b_step == 0) {
    const float constant = *b;
    for (std::int64_t i = 0; i < length; ++i) out[i] = f(a[i], constant);
  } else {
    for (std::int64_t i = 0; i < length; ++i) out[i * out_step] = f(a[i * a_step], b[i * b_step]);
  }
}

class ArithmeticKernel : public Kernel {
 public:
  ArithmeticKernel(const Arithmetic& op, const Request& request) : function_(op.function) {
    const Layout out = physical_layout(request.node.shape, request.batch);
    loop_ = StridedLoop<3>(
        out.extents, {out.strides, broadcast_strides(request, 0), broadcast_strides(request, 1)});
    for (std::size_t i = 0; i < 2; ++i) {
      sizes_[i] = request.batch * element_count(request.input_shape(i));
    }
  }

  bool backward_reads_inputs() const override {
    return function_ == BinaryFunction::multiply || function_ == BinaryFunction::divide;
  }
  std::string implementation() const override { return "strided loop"; }

  void forward(const ForwardArguments& arguments) override {
    switch (function_) {
      case BinaryFunction::add:
        return run(arguments, [](float a, float b) { return a + b; });
      case BinaryFunction::subtract:
        return run(arguments, [](float a, float b) { return a - b; });
      case BinaryFunction::multiply:
        return run(arguments, [](float a, float b) { return a * b; });
      case BinaryFunction::divide:
        return run(arguments, [](float a, float b) { return a / b; });
    }
  }

  void backward(const BackwardArguments& arguments) override {
    switch (function_) {
      case BinaryFunction::add:
        accumulate(arguments, 0, [](float g, float, float) { return g; });
        return accumulate(arguments, 1, [](float g, float, float) { return g; });
      case BinaryFunction::subtract:
        accumulate(arguments, 0, [](float g, float, float) { return g; });
        return accumulate(arguments, 1, [](float g, float, float) { return -g; });
      case BinaryFunction::multiply:
        accumulate(arguments, 0, [](float g, float, float b) { return g * b; });
        return accumulate(arguments, 1, [](float g, float a, float) { return g * a; });
      case BinaryFunction::divide:
        accumulate(arguments, 0, [](float g, float, float b) { return g / b; });
        return accumulate(arguments, 1, [](float g, float a, float b) { return -g * a / (b * b); });
    }
  }

 private:
  template <class F>
  void run(const ForwardArguments& arguments, F f) const {
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      apply_row(arguments.output + at[0], step[0], arguments.inputs[0] + at[1], step[1],
                arguments.inputs[1] + at[2], step[2], length, f);
    });
  }

  /// Adds f(gradient, a, b) to the gradient of input `i`, which is summed where it was repeated.
  template <class F>
  void accumulate(const BackwardArguments& arguments, std::size_t i, F f) const {
    float* to = arguments.input_gradients[i];
    if (!to) return;
    std::fill_n(to, sizes_[i], 0.0f);
    const bool reads = backward_reads_inputs();
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      const float* gradient = arguments.output_gradient + at[0];
      // Where the inputs do not matter any address will do.
      const float* a = reads ? arguments.inputs[0] + at[1] : gradient;
      const float* b = reads ? arguments.inputs[1] + at[2] : gradient;
      const std::int64_t a_step = reads ? step[1] : 0;
      const std::int64_t b_step = reads ? step[2] : 0;
      float* target = to + at[i + 1];
      if (step[i + 1] == 0) {
        double sum = 0;
        for (std::int64_t k = 0; k < length; ++k) {
          sum += static_cast<double>(f(gradient[k * step[0]], a[k * a_step], b[k * b_step]));
        }
        *target += static_cast<float>(sum);
      } else {
        for (std::int64_t k = 0; k < length; ++k) {
          target[k * step[i + 1]] += f(gradient[k * step[0]], a[k * a_step], b[k * b_step]);
        }
      }
    });
  }

  BinaryFunction function_;
  StridedLoop<3> loop_;
  std::int64_t sizes_[2];
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Arithmetic& op, const Request& request) {
  return std::make_unique<ArithmeticKernel>(op, request);
}

}  // namespace showergan::nn::kernel
