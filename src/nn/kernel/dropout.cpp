#include <algorithm>
#include <array>
#include <cstdint>

#include "base/contract.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/vector.hpp"

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
  bool may_run_in_place() const override { return training_ && !constant_input_; }
  bool keeps_signs() const override { return true; }
  bool gradient_may_stay() const override { return true; }
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
      auto* mask = reinterpret_cast<std::uint8_t*>(arguments.saved) + n * sample_;
      drop_sample(from, *arguments.dropout, n, to, mask);
    }
  }

  void backward(const BackwardArguments& arguments) override {
    float* to = arguments.input_gradients[0];
    if (!to) return;
    drop_again(arguments.output_gradient, reinterpret_cast<const std::uint8_t*>(arguments.saved),
               kept_, to, batch_ * sample_);
  }

 private:
  void drop_sample(const float* from, const DropoutKey& key, std::int64_t n, float* to,
                   std::uint8_t* mask) const {
    const CounterRandom random = dropout_random(op_, key.seed);
    const std::uint32_t threshold = dropout_threshold(op_);
    std::array<std::uint32_t, 1024> words;  // small enough to stay in the first cache
    constexpr auto block = static_cast<std::int64_t>(words.size());
    for (std::int64_t i = 0; i < sample_; i += block) {
      const std::int64_t count = std::min(block, sample_ - i);
      random.fill_words(key.index(n), static_cast<std::uint32_t>(i / 4),
                        std::span(words).first(static_cast<std::size_t>(count)));
      drop(from + i, words.data(), threshold, kept_, to + i, mask + i, count);
    }
  }

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
