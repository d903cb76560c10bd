#include <algorithm>
#include <cmath>
#include <vector>

#include "base/contract.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {
namespace {

/// Two phases, forward and backward: sums over this plan's samples, the hook (which may add those
/// of other threads and ranks), then the map that uses them. Sums are in double precision.
class BatchNormalizationKernel : public Kernel {
 public:
  BatchNormalizationKernel(const BatchNormalization& op, const Request& request)
      : op_(op),
        training_(request.training),
        channels_(static_cast<std::size_t>(request.node.shape[0])),
        gamma_(request.parameter(0)),
        beta_(request.parameter(1)),
        mean_(request.parameter(2)),
        variance_(request.parameter(3)),
        count_(request.batch * element_count(request.node.shape)) {
    // Vectors and images have their channels innermost; of other shapes each channel is one run.
    const Shape& shape = request.node.shape;
    run_ = shape.size() == 1 || shape.size() == 4 ? 1 : element_count(shape) / shape[0];
    SHOWERGAN_EXPECT(!request.input_is_constant(0));
    scale_.resize(channels_);
    shift_.resize(channels_);
    factor_.resize(channels_);
    sums_.resize(2 * channels_);
  }

  std::size_t prepared_bytes() const override { return 2 * channels_ * sizeof(float); }
  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    auto* scale = reinterpret_cast<float*>(prepared);
    if (training_) {  // gamma and beta as they are; the statistics come with each batch
      std::ranges::copy(parameters.of(gamma_), scale);
      std::ranges::copy(parameters.of(beta_), scale + channels_);
    } else {
      inference_scale_shift(parameters, {gamma_, beta_, mean_, variance_}, op_.epsilon, scale,
                            scale + channels_);
    }
  }

  /// Mean, 1 / sqrt(variance + epsilon) and variance of each channel.
  std::size_t saved_bytes() const override {
    return training_ ? 3 * channels_ * sizeof(double) : 0;
  }
  bool keeps_statistics() const override { return training_; }
  bool backward_reads_inputs() const override { return true; }
  bool may_run_in_place() const override { return true; }
  bool gradient_may_stay() const override { return true; }
  std::string implementation() const override {
    return training_ ? "two-phase" : "scale and shift";
  }

  void forward(const ForwardArguments& arguments) override {
    const auto* prepared = reinterpret_cast<const float*>(arguments.prepared);
    std::copy_n(prepared, channels_, scale_.begin());
    std::copy_n(prepared + channels_, channels_, shift_.begin());
    if (training_) {
      measure(arguments);
      const auto* mean = reinterpret_cast<const double*>(arguments.saved);
      for (std::size_t c = 0; c < channels_; ++c) {
        const double slope = static_cast<double>(scale_[c]) * mean[channels_ + c];
        shift_[c] = static_cast<float>(static_cast<double>(shift_[c]) - slope * mean[c]);
        scale_[c] = static_cast<float>(slope);
      }
    }
    for_each_part([&](std::int64_t offset, std::int64_t length, std::size_t first, std::size_t n) {
      scale_shift(arguments.inputs[0] + offset, arguments.output + offset, length,
                  std::span(scale_).subspan(first, n), std::span(shift_).subspan(first, n));
    });
  }

  /// With x̂ = (x − mean) / sigma and m values per channel:
  /// dx = gamma / sigma · (dy − Σdy / m − x̂ · Σ(dy·x̂) / m), dgamma = Σ dy·x̂, dbeta = Σ dy.
  void backward(const BackwardArguments& arguments) override {
    const auto* gamma = reinterpret_cast<const float*>(arguments.prepared);
    const auto* mean = reinterpret_cast<const double*>(arguments.saved);
    const double* inverse_sigma = mean + channels_;
    const std::span<double> first(sums_.data(), channels_);
    const std::span<double> second(sums_.data() + channels_, channels_);
    std::ranges::fill(sums_, 0.0);
    for_each_part([&](std::int64_t offset, std::int64_t length, std::size_t c, std::size_t n) {
      channel_sums(arguments.output_gradient + offset, arguments.inputs[0] + offset, length,
                   first.subspan(c, n), second.subspan(c, n));
    });
    for (std::size_t c = 0; c < channels_; ++c) {  // Σ dy·x → Σ dy·x̂
      second[c] = (second[c] - mean[c] * first[c]) * inverse_sigma[c];
    }
    if (arguments.gradients) {
      for (std::size_t c = 0; c < channels_; ++c) {
        const auto i = static_cast<std::int64_t>(c);
        arguments.gradients[gamma_.offset + i] += static_cast<float>(second[c]);
        arguments.gradients[beta_.offset + i] += static_cast<float>(first[c]);
      }
    }
    if (!arguments.input_gradients[0]) return;
    double samples = static_cast<double>(count_) / static_cast<double>(channels_);
    if (arguments.hook) arguments.hook->sums_ready(sums_, samples);
    for (std::size_t c = 0; c < channels_; ++c) {
      const double slope = static_cast<double>(gamma[c]) * inverse_sigma[c];
      const double along = -slope * inverse_sigma[c] * second[c] / samples;
      scale_[c] = static_cast<float>(slope);
      factor_[c] = static_cast<float>(along);
      shift_[c] = static_cast<float>(-slope * first[c] / samples - along * mean[c]);
    }
    for_each_part([&](std::int64_t offset, std::int64_t length, std::size_t c, std::size_t n) {
      combine_channels(arguments.output_gradient + offset, arguments.inputs[0] + offset,
                       arguments.input_gradients[0] + offset, length,
                       std::span(scale_).subspan(c, n), std::span(factor_).subspan(c, n),
                       std::span(shift_).subspan(c, n));
    });
  }

  void update_statistics(const std::byte* saved, Parameters& parameters) const override {
    if (!training_) return;
    const auto* mean = reinterpret_cast<const double*>(saved);
    const double* variance = mean + 2 * channels_;
    const std::span<float> moving_mean = parameters.of(mean_);
    const std::span<float> moving_variance = parameters.of(variance_);
    for (std::size_t c = 0; c < channels_; ++c) {
      moving_mean[c] = static_cast<float>(op_.momentum * static_cast<double>(moving_mean[c]) +
                                          (1 - op_.momentum) * mean[c]);
      moving_variance[c] =
          static_cast<float>(op_.momentum * static_cast<double>(moving_variance[c]) +
                             (1 - op_.momentum) * variance[c]);
    }
  }

 private:
  /// part(offset, length, first channel, channels): stretches whose channels are innermost.
  template <class Part>
  void for_each_part(Part&& part) const {
    if (run_ == 1) return part(0, count_, 0, channels_);
    for (std::int64_t offset = 0; offset < count_; offset += run_) {
      part(offset, run_, static_cast<std::size_t>(offset / run_) % channels_, 1);
    }
  }

  void measure(const ForwardArguments& arguments) {
    const std::span<double> first(sums_.data(), channels_);
    const std::span<double> second(sums_.data() + channels_, channels_);
    std::ranges::fill(sums_, 0.0);
    for_each_part([&](std::int64_t offset, std::int64_t length, std::size_t c, std::size_t n) {
      channel_sums(arguments.inputs[0] + offset, arguments.inputs[0] + offset, length,
                   first.subspan(c, n), second.subspan(c, n));
    });
    double samples = static_cast<double>(count_) / static_cast<double>(channels_);
    if (arguments.hook) arguments.hook->sums_ready(sums_, samples);
    auto* mean = reinterpret_cast<double*>(arguments.saved);
    for (std::size_t c = 0; c < channels_; ++c) {
      const double average = first[c] / samples;
      const double variance = std::max(0.0, second[c] / samples - average * average);
      mean[c] = average;
      mean[channels_ + c] = 1.0 / std::sqrt(variance + op_.epsilon);
      mean[2 * channels_ + c] = variance;
    }
  }

  BatchNormalization op_;
  bool training_;
  std::size_t channels_;
  Parameter gamma_;
  Parameter beta_;
  Parameter mean_;
  Parameter variance_;
  std::int64_t count_;
  std::int64_t run_ = 1;
  std::vector<float> scale_;
  std::vector<float> shift_;
  std::vector<float> factor_;
  std::vector<double> sums_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const BatchNormalization& op, const Request& request) {
  return std::make_unique<BatchNormalizationKernel>(op, request);
}

}  // namespace showergan::nn::kernel
