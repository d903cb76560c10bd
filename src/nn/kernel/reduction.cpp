#include <algorithm>

#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided.hpp"

namespace showergan::nn::kernel {
namespace {

/// Sums in double precision: a shower has 15,625 cells over seven orders of magnitude.
class ReductionKernel : public Kernel {
 public:
  ReductionKernel(const Reduction& op, const Request& request)
      : out_count_(request.batch * element_count(request.node.shape)),
        in_count_(request.batch * element_count(request.input_shape(0))) {
    const Shape& from = request.input_shape(0);
    const Layout in = physical_layout(from, request.batch, request.input_is_constant(0));
    const Layout out = physical_layout(request.node.shape, request.batch);
    std::vector<std::int64_t> strides{out.strides[0]};  // of the result, along the input's axes
    std::size_t next = 1;
    for (std::size_t i = 0; i < from.size(); ++i) {
      const bool reduced =
          std::count(op.axes.begin(), op.axes.end(), static_cast<std::int64_t>(i)) > 0;
      strides.push_back(reduced ? 0 : out.strides[next]);
      if (!reduced || op.keep_axes) ++next;
    }
    loop_ = StridedLoop<2>(in.extents, {in.strides, strides});
    scale_ = op.reducer == Reducer::mean
                 ? static_cast<double>(out_count_) / static_cast<double>(in_count_)
                 : 1.0;
  }

  std::size_t forward_scratch_bytes() const override {
    return static_cast<std::size_t>(out_count_) * sizeof(double);
  }
  std::string implementation() const override { return "strided loop"; }

  void forward(const ForwardArguments& arguments) override {
    auto* sums = reinterpret_cast<double*>(arguments.scratch);
    std::fill_n(sums, out_count_, 0.0);
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      const float* in = arguments.inputs[0] + at[0];
      double* sum = sums + at[1];
      if (step[1] == 0) {
        double row = 0;
        for (std::int64_t i = 0; i < length; ++i) row += static_cast<double>(in[i * step[0]]);
        *sum += row;
      } else {
        for (std::int64_t i = 0; i < length; ++i) {
          sum[i * step[1]] += static_cast<double>(in[i * step[0]]);
        }
      }
    });
    for (std::int64_t i = 0; i < out_count_; ++i) {
      arguments.output[i] = static_cast<float>(sums[i] * scale_);
    }
  }

  void backward(const BackwardArguments& arguments) override {
    float* gradient = arguments.input_gradients[0];
    if (!gradient) return;
    const auto scale = static_cast<float>(scale_);
    loop_.for_each_row([&](const auto& at, std::int64_t length, const auto& step) {
      const float* from = arguments.output_gradient + at[1];
      for (std::int64_t i = 0; i < length; ++i) {
        gradient[at[0] + i * step[0]] = from[i * step[1]] * scale;
      }
    });
  }

 private:
  std::int64_t out_count_;
  std::int64_t in_count_;
  double scale_ = 1;
  StridedLoop<2> loop_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Reduction& op, const Request& request) {
  return std::make_unique<ReductionKernel>(op, request);
}

}  // namespace showergan::nn::kernel
