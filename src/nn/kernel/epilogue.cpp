#include "nn/kernel/epilogue.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {

void inference_scale_shift(const Parameters& values, const std::array<Parameter, 4>& parameters,
                           double epsilon, float* scale, float* shift) {
  const auto gamma = values.of(parameters[0]);
  const auto beta = values.of(parameters[1]);
  const auto mean = values.of(parameters[2]);
  const auto variance = values.of(parameters[3]);
  for (std::size_t c = 0; c < gamma.size(); ++c) {
    const double slope =
        static_cast<double>(gamma[c]) / std::sqrt(static_cast<double>(variance[c]) + epsilon);
    scale[c] = static_cast<float>(slope);
    shift[c] =
        static_cast<float>(static_cast<double>(beta[c]) - slope * static_cast<double>(mean[c]));
  }
}

EpilogueKernel::EpilogueKernel(const Request& request, const Epilogue& epilogue, bool bias,
                               std::int64_t channels, std::int64_t copies, std::size_t first)
    : epilogue_(epilogue), channels_(channels), width_(copies * channels) {
  SHOWERGAN_EXPECT(!(request.training && epilogue.normalize));
  std::size_t next = first;
  if (bias) bias_ = request.parameter(next++);
  if (epilogue.normalize) {
    normalization_ = {request.parameter(next), request.parameter(next + 1),
                      request.parameter(next + 2), request.parameter(next + 3)};
  }
}

dnnl::memory::desc EpilogueKernel::channel_operand(std::size_t rank) const {
  dnnl::memory::dims extents(rank, 1);
  extents[1] = width_;
  return {extents, dnnl::memory::data_type::f32,
          rank == 2 ? dnnl::memory::format_tag::ab : dnnl::memory::format_tag::abcde};
}

std::optional<float> EpilogueKernel::slope() const {
  switch (epilogue_.activation.function) {
    case Function::linear:
      return 1.0f;
    case Function::relu:
      return 0.0f;
    case Function::leaky_relu:
      return static_cast<float>(epilogue_.activation.alpha);
    default:
      return std::nullopt;
  }
}

std::optional<dnnl::post_ops> EpilogueKernel::post_operations(std::size_t rank) const {
  dnnl::post_ops operations;
  if (!append_to(operations, rank)) return std::nullopt;
  return operations;
}

bool EpilogueKernel::append_to(dnnl::post_ops& operations, std::size_t rank) const {
  if (!append_activation(operations, epilogue_.activation)) return false;
  if (epilogue_.normalize) {
    operations.append_binary(dnnl::algorithm::binary_mul, channel_operand(rank));
    operations.append_binary(dnnl::algorithm::binary_add, channel_operand(rank));
  }
  return true;
}

namespace {

int operand(int position) {
  return DNNL_ARG_ATTR_MULTIPLE_POST_OP(position) | DNNL_ARG_SRC_1;
}

}  // namespace

void EpilogueKernel::bind(BoundPrimitive& primitive, std::size_t rank, int before) const {
  if (!epilogue_.normalize) return;
  const int first = before + (epilogue_.activation.is_linear() ? 0 : 1);
  primitive.add_argument(operand(first), channel_operand(rank));
  primitive.add_argument(operand(first + 1), channel_operand(rank));
}

void EpilogueKernel::set(BoundPrimitive& primitive, const std::byte* prepared, int before) const {
  if (!epilogue_.normalize) return;
  const int first = before + (epilogue_.activation.is_linear() ? 0 : 1);
  const float* values = reinterpret_cast<const float*>(prepared);
  primitive.set(operand(first), values + width_);
  primitive.set(operand(first + 1), values + 2 * width_);
}

std::size_t EpilogueKernel::prepared_bytes() const {
  // Each may be read in whole vectors of up to 16 floats, the shift being the last one.
  const std::int64_t floats = std::max(4 * width_, 2 * width_ + 16);
  return aligned(static_cast<std::size_t>(floats) * sizeof(float));
}

void EpilogueKernel::prepare(const Parameters& parameters, std::byte* prepared) const {
  auto* values = reinterpret_cast<float*>(prepared);
  std::fill_n(values, width_, 0.0f);
  std::fill_n(values + width_, width_, 1.0f);
  std::fill(values + 2 * width_, values + prepared_bytes() / sizeof(float), 0.0f);
  for (std::int64_t first = 0; first < width_; first += channels_) {
    if (bias_) std::ranges::copy(parameters.of(*bias_), values + first);
    if (!normalization_) continue;
    inference_scale_shift(parameters, *normalization_, epilogue_.epsilon, values + width_ + first,
                          values + 2 * width_ + first);
  }
}

const float* EpilogueKernel::bias(const std::byte* prepared) const {
  return reinterpret_cast<const float*>(prepared);
}

void EpilogueKernel::apply(float* result, std::int64_t count, const std::byte* prepared,
                           bool with_bias) const {
  const auto n = static_cast<std::size_t>(width_);
  const std::span<const float> bias(reinterpret_cast<const float*>(prepared), n);
  const std::span<const float> scale(bias.data() + n, n);
  const std::span<const float> shift(bias.data() + 2 * n, n);
  const std::span<const float> zeros(bias.data() + 3 * n, n);
  if (const std::optional<float> slope = this->slope()) {
    // Without normalisation the scale is 1 and the shift 0.
    rectify_channels(result, result, count, with_bias ? bias : zeros, *slope, scale, shift);
    return;
  }
  if (with_bias && bias_) {
    const std::span<const float> ones = scale;
    if (!epilogue_.normalize) {
      scale_shift(result, result, count, ones, bias);
    } else {
      for (std::int64_t i = 0; i < count; ++i) {
        result[i] += bias[static_cast<std::size_t>(i % width_)];
      }
    }
  }
  if (!epilogue_.activation.is_linear()) {
    for (std::int64_t i = 0; i < count; ++i) {
      result[i] =
          static_cast<float>(evaluate(epilogue_.activation, static_cast<double>(result[i])));
    }
  }
  if (epilogue_.normalize) scale_shift(result, result, count, scale, shift);
}

void EpilogueKernel::backward(const float* result, float* gradient, std::int64_t count) const {
  SHOWERGAN_EXPECT(!epilogue_.normalize && epilogue_.activation.derivative_from_output());
  multiply_by_derivative(epilogue_.activation, result, gradient, count);
}

}  // namespace showergan::nn::kernel
