#include <algorithm>

#include "base/contract.hpp"
#include "nn/kernel/operators.hpp"

namespace showergan::nn::kernel {
namespace {

/// The physical order of an image (channels innermost) is the order in which masks are drawn, so
/// the mask is one straight array; it is kept as a byte per element.
class DropoutKernel : public Kernel {
 public:
  DropoutKernel(const Dropout& op, const Request& request)
      : op_(op),
        batch_(request.batch),
        sample_(element_count(request.node.shape)),
        constant_input_(request.input_is_constant(0)),
        training_(request.training),
        kept_(static_cast<float>(1.0 / (1.0 - op.rate))) {}

  std::size_t saved_bytes() const override {
    return training_ ? static_cast<std::size_t>(batch_ * sample_) : 0;
  }
  std::size_t forward_scratch_bytes() const override {
    return training_ ? static_cast<std::size_t>(sample_) * sizeof(float) : 0;
  }
  std::string implementation() const override { return "loop"; }

  void forward(const ForwardArguments& arguments) override {
    const float* in = arguments.inputs[0];
    float* out = arguments.output;
    for (std::int64_t n = 0; n < batch_; ++n) {
      const float* from = constant_input_ ? in : in + n * sample_;
      float* to = out + n * sample_;
      if (!training_) {
        std::copy_n(from, sample_, to);
        continue;
      }
      SHOWERGAN_EXPECT(arguments.dropout != nullptr);
      auto* factors = reinterpret_cast<float*>(arguments.scratch);
      auto* mask = reinterpret_cast<unsigned char*>(arguments.saved) + n * sample_;
      dropout_factors(op_, arguments.dropout->seed, arguments.dropout->index(n),
                      {factors, static_cast<std::size_t>(sample_)});
      for (std::int64_t i = 0; i < sample_; ++i) {
        to[i] = from[i] * factors[i];
        mask[i] = factors[i] > 0 ? 1 : 0;
      }
    }
  }

  void backward(const BackwardArguments& arguments) override {
    float* to = arguments.input_gradients[0];
    if (!to) return;
    const auto* mask = reinterpret_cast<const unsigned char*>(arguments.saved);
    for (std::int64_t i = 0; i < batch_ * sample_; ++i) {
      to[i] = mask[i] ? arguments.output_gradient[i] * kept_ : 0.0f;
    }
  }

 private:
  Dropout op_;
  std::int64_t batch_;
  std::int64_t sample_;
  bool constant_input_;
  bool training_;
  float kept_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Dropout& op, const Request& request) {
  return std::make_unique<DropoutKernel>(op, request);
}

}  // namespace showergan::nn::kernel
