#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "base/contract.hpp"
#include "nn/kernel/convolution.hpp"
#include "nn/kernel/convolution_description.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/tap_sums.hpp"

namespace showergan::nn::kernel {
namespace {

using dnnl::memory;

constexpr auto f32 = memory::data_type::f32;

/// One image per call in int8, because each has its own step.
Stacking call_stacking(const Stacking& stacking, const NumberFormat& format) {
  if (format.precision != Precision::int8) return stacking;
  ConvolutionGeometry single = stacking.plain();
  single.batch = 1;
  return {single, stacking.block()};
}

/// Weights are signed, activations are not.
memory::data_type weights_type(Precision precision) {
  return precision == Precision::int8 ? memory::data_type::s8 : type_of(precision);
}

std::optional<Unfolding> unfolding_of(const ConvolutionGeometry& geometry, Precision precision) {
  return Unfolding::pays(geometry, precision) ? std::optional<Unfolding>(geometry) : std::nullopt;
}

ConvolutionGeometry seen_by_primitive(const Stacking& stacking, Precision precision) {
  const auto unfolding = unfolding_of(stacking.stacked(), precision);
  return unfolding ? unfolding->unfolded() : stacking.stacked();
}

/// A number per output channel, as an operand of a post-operation.
memory::desc per_channel(std::int64_t channels) {
  return {{1, channels, 1, 1, 1}, f32, memory::format_tag::abcde};
}

int operand_number(int position) {
  return DNNL_ARG_ATTR_MULTIPLE_POST_OP(position) | DNNL_ARG_SRC_1;
}

/// Cuts the rows of a kernel into whole steps, at most `largest_step` of them. Returns the length
/// of a step for each output channel.
std::vector<float> cut_into_steps(std::vector<float>& kernel, std::int64_t channels) {
  const std::size_t row = kernel.size() / static_cast<std::size_t>(channels);
  std::vector<float> steps;
  for (std::size_t first = 0; first < kernel.size(); first += row) {
    const std::span<float> weights = std::span(kernel).subspan(first, row);
    float largest = 0;
    for (const float weight : weights) largest = std::max(largest, std::abs(weight));
    const float step = largest > 0 ? largest / largest_step : 1.0f;
    for (float& weight : weights) weight = std::nearbyint(weight / step);
    steps.push_back(step);
  }
  return steps;
}

/// Factors that bring the channels of an input to comparable size.
std::vector<float> channel_factors(const NumberFormat& format, std::int64_t channels) {
  std::vector<float> factors(static_cast<std::size_t>(channels), 1.0f);
  const std::vector<float>& given = format.range.channels;
  SHOWERGAN_EXPECT(given.empty() || given.size() == factors.size());
  for (std::size_t c = 0; c < given.size(); ++c) factors[c] = 1 / given[c];
  return factors;
}

}  // namespace

ConvolutionForward::ConvolutionForward(const Stacking& stacking, bool training,
                                       const EpilogueKernel* epilogue, const NumberFormat& format,
                                       const std::optional<Activation>& addition)
    : Convolution(seen_by_primitive(call_stacking(stacking, format), format.precision),
                  {type_of(format.precision), weights_type(format.precision), f32}),
      format_(format),
      stacking_(call_stacking(stacking, format)),
      unfolding_(unfolding_of(stacking_.stacked(), format.precision)),
      epilogue_(epilogue),
      addition_(addition),
      calls_(stacking.plain().batch / stacking_.plain().batch),
      in_count_(source_count(stacking_.plain())),
      out_count_(result_count(stacking_.plain())),
      channels_(stacking_.stacked().out_channels),
      input_factors_(channel_factors(format, stacking_.plain().in_channels)),
      step_factors_(input_factors_) {
  // oneDNN takes the width on trust and would read past the bias.
  SHOWERGAN_EXPECT(!epilogue || epilogue->width() == channels_);
  SHOWERGAN_EXPECT(epilogue || !is_int8());
  using Description = dnnl::convolution_forward::desc;
  const auto kind =
      training ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
  constexpr auto algorithm = dnnl::algorithm::convolution_auto;
  const bool with_bias = epilogue && !is_int8();
  const Description description =
      with_bias
          ? Description(kind, algorithm, in_, any_weights_, bias_, out_, stride_, before_, after_)
          : Description(kind, algorithm, in_, any_weights_, out_, stride_, before_, after_);
  const auto choose = [&] {
    dnnl::primitive_attr attributes = user_scratchpad();
    attributes.set_post_ops(post_operations());
    return dnnl::convolution_forward::primitive_desc(description, attributes, cpu_engine());
  };
  fused_ = epilogue && epilogue->post_operations(5).has_value();
  adds_ = fused_ && may_add();
  dnnl::convolution_forward::primitive_desc chosen = choose();
  if (adds_ && is_reference(chosen.impl_info_str())) {
    adds_ = false;
    chosen = choose();
  }
  if (fused_ && is_reference(chosen.impl_info_str())) {
    fused_ = false;
    chosen = choose();
  }
  implementation_ = chosen.impl_info_str();
  weights_ = chosen.weights_desc();
  scratchpad_bytes_ = chosen.scratchpad_desc().get_size();
  primitive_ = BoundPrimitive(dnnl::convolution_forward(chosen),
                              {{DNNL_ARG_SRC, in_},
                               {DNNL_ARG_WEIGHTS, weights_},
                               {DNNL_ARG_DST, out_},
                               {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
  if (with_bias) primitive_.add_argument(DNNL_ARG_BIAS, bias_);
  if (is_int8()) {
    primitive_.add_argument(operand_number(0), out_);
    primitive_.add_argument(operand_number(1), per_channel(channels_));
    primitive_.add_argument(operand_number(2), per_channel(channels_));
  }
  if (fused_) epilogue->bind(primitive_, 5, operations_before());
  if (adds_) {
    added_argument_ = addition_argument();
    primitive_.add_argument(added_argument_, out_);
  }
}

bool ConvolutionForward::may_add() const {
  dnnl::post_ops operations;
  return addition_ && !is_int8() && calls_ == 1 && stacking_.image_bytes() == 0 &&
         append_activation(operations, *addition_);
}

int ConvolutionForward::addition_argument() const {
  dnnl::post_ops before;
  epilogue_->append_to(before, 5);
  return operand_number(operations_before() + before.len());
}

/// int8: what the shifted zero has added is taken away, steps become numbers, and the bias comes
/// after that.
dnnl::post_ops ConvolutionForward::post_operations() const {
  dnnl::post_ops operations;
  if (is_int8()) {
    operations.append_binary(dnnl::algorithm::binary_sub, out_);
    operations.append_binary(dnnl::algorithm::binary_mul, per_channel(channels_));
    operations.append_binary(dnnl::algorithm::binary_add, per_channel(channels_));
  }
  if (fused_) epilogue_->append_to(operations, 5);
  if (adds_) {
    operations.append_binary(dnnl::algorithm::binary_add, out_);
    append_activation(operations, *addition_);
  }
  return operations;
}

std::string ConvolutionForward::implementation() const {
  return stacking_.describe(unfolding_ ? implementation_ + " unfolded" : implementation_);
}

std::vector<float> ConvolutionForward::primitive_kernel(const float* master) const {
  std::vector<float> kernel(static_cast<std::size_t>(stacking_.kernel_count()));
  stacking_.stack_kernel(master, kernel.data());
  return unfolding_ ? unfolding_->unfold_kernel(kernel.data()) : kernel;
}

void ConvolutionForward::prepare(const float* master, std::byte* prepared) const {
  if (is_int8()) return prepare_int8(master, prepared);
  if (!stacking_.active() && !unfolding_) return reorder_weights(master, prepared);
  reorder_weights(primitive_kernel(master).data(), prepared);
}

void ConvolutionForward::prepare_int8(const float* master, std::byte* prepared) const {
  const ConvolutionGeometry& plain = stacking_.plain();
  const std::int64_t taps = plain.kernel[0] * plain.kernel[1] * plain.kernel[2];
  std::vector<float> scaled(master, master + plain.out_channels * plain.in_channels * taps);
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    const std::size_t row = i / static_cast<std::size_t>(taps);
    scaled[i] /= input_factors_[row % input_factors_.size()];
  }
  std::vector<float> kernel = primitive_kernel(scaled.data());
  const std::vector<float> steps = cut_into_steps(kernel, channels_);
  reorder_weights(kernel.data(), prepared);
  std::ranges::copy(steps, reinterpret_cast<float*>(prepared + Convolution::weights_bytes()));
  auto* zeros = reinterpret_cast<float*>(prepared + Convolution::weights_bytes() + factors_bytes());
  const ConvolutionGeometry geometry = seen_by_primitive(stacking_, format_.precision);
  sum_taps_inside(geometry, kernel.data(), zeros);
  const std::int64_t results = result_count(geometry);
  for (std::int64_t i = 0; i < results; ++i) zeros[i] *= static_cast<float>(zero_step);
}

std::size_t ConvolutionForward::weights_bytes() const {
  return Convolution::weights_bytes() +
         (is_int8() ? factors_bytes() + aligned(out_.get_size()) : 0);
}

std::size_t ConvolutionForward::factors_bytes() const {
  return is_int8() ? aligned(static_cast<std::size_t>(channels_) * sizeof(float)) : 0;
}

ConvolutionForward::Scratch ConvolutionForward::scratch() const {
  Scratch at{};
  at.converted = aligned(scratchpad_bytes_);
  at.unfolded = at.converted + converted_bytes(in_count_, format_.precision);
  at.factors = at.unfolded + (unfolding_ ? aligned(in_.get_size()) : 0);
  at.stacked = at.factors + factors_bytes();
  at.total = at.stacked + stacking_.image_bytes();
  return at;
}

std::size_t ConvolutionForward::scratch_bytes() const {
  return scratch().total;
}

/// The image as the primitive reads it; in int8 also what its products are worth.
const void* ConvolutionForward::operand(const float* in, const std::byte* weights,
                                        std::byte* memory) {
  const Scratch at = scratch();
  const void* image = in;
  if (format_.precision == Precision::bf16) {
    to_bf16(in, reinterpret_cast<std::uint16_t*>(memory + at.converted), in_count_);
    image = memory + at.converted;
  } else if (is_int8()) {
    const float largest = largest_magnitude(in, input_factors_, in_count_) * format_.range.part;
    // Where an image has numbers that are none, its step is none, and so are all its results.
    const float step = largest == 0 ? 1.0f : largest / largest_step;
    for (std::size_t c = 0; c < input_factors_.size(); ++c) {
      step_factors_[c] = input_factors_[c] / step;
    }
    to_steps(in, step_factors_, reinterpret_cast<std::uint8_t*>(memory + at.converted), in_count_);
    const auto* steps = reinterpret_cast<const float*>(weights + Convolution::weights_bytes());
    auto* factors = reinterpret_cast<float*>(memory + at.factors);
    for (std::int64_t c = 0; c < channels_; ++c) factors[c] = step * steps[c];
    image = memory + at.converted;
  }
  if (!unfolding_) return image;
  unfolding_->unfold(image, memory + at.unfolded, bytes_of(format_.precision),
                     static_cast<unsigned char>(is_int8() ? zero_step : 0));
  return memory + at.unfolded;
}

void ConvolutionForward::run_call(const float* in, const std::byte* weights,
                                  const std::byte* epilogue, float* out, std::byte* memory,
                                  const float* added) {
  const Scratch at = scratch();
  const bool copied = stacking_.image_bytes() > 0;
  auto* stacked = reinterpret_cast<float*>(memory + at.stacked);
  primitive_.set(DNNL_ARG_SRC, operand(in, weights, memory));
  primitive_.set(DNNL_ARG_WEIGHTS, weights);
  primitive_.set(DNNL_ARG_DST, copied ? stacked : out);
  primitive_.set(DNNL_ARG_SCRATCHPAD, memory);
  if (is_int8()) {
    primitive_.set(operand_number(0), weights + Convolution::weights_bytes() + factors_bytes());
    primitive_.set(operand_number(1), memory + at.factors);
    primitive_.set(operand_number(2), epilogue_->bias(epilogue));
  } else if (epilogue_) {
    primitive_.set(DNNL_ARG_BIAS, epilogue_->bias(epilogue));
  }
  if (fused_) epilogue_->set(primitive_, epilogue, operations_before());
  if (adds_) primitive_.set(added_argument_, added);
  primitive_.run();
  if (copied) stacking_.unstack(stacked, out);
  if (epilogue_ && !fused_) epilogue_->apply(out, out_count_, epilogue, false);
}

void ConvolutionForward::run(const float* in, const std::byte* weights, const std::byte* epilogue,
                             float* out, std::byte* memory, const float* added) {
  for (std::int64_t call = 0; call < calls_; ++call) {
    run_call(in + call * in_count_, weights, epilogue, out + call * out_count_, memory, added);
  }
}

}  // namespace showergan::nn::kernel
