#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "nn/kernel/convolution.hpp"
#include "nn/kernel/convolution_description.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {
namespace {

using dnnl::memory;
using Tag = memory::format_tag;
using Type = memory::data_type;

constexpr Type f32 = Type::f32;

/// bf16: a copy in `to`; float32: the numbers themselves.
const void* converted(const float* from, std::int64_t count, Precision precision, std::byte* to) {
  if (precision == Precision::f32) return from;
  to_bf16(from, reinterpret_cast<std::uint16_t*>(to), count);
  return to;
}

/// What the backward primitives want as a hint of the forward pass.
dnnl::convolution_forward::primitive_desc forward_hint(const ConvolutionGeometry& g,
                                                       Precision precision) {
  const Type type = type_of(precision);
  return {{dnnl::prop_kind::forward_training, dnnl::algorithm::convolution_auto,
           image(g.batch, g.in_channels, g.in, type), kernel_desc(g, Tag::any, type),
           image(g.batch, g.out_channels, g.out, type), dims_of(g.stride),
           dims_of(g.padding.before), dims_of(g.padding.after)},
          user_scratchpad(),
          cpu_engine()};
}

/// The convolution that gives the gradient of g's input from that of its result; stride 1 only.
ConvolutionGeometry mirrored_geometry(const ConvolutionGeometry& g) {
  ConvolutionGeometry m = g;
  std::swap(m.in_channels, m.out_channels);
  std::swap(m.in, m.out);
  for (std::size_t i = 0; i < 3; ++i) {
    m.padding.before[i] = g.kernel[i] - 1 - g.padding.before[i];
    m.padding.after[i] = g.kernel[i] - 1 - g.padding.after[i];
  }
  return m;
}

bool can_be_mirrored(const ConvolutionGeometry& g) {
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t most = g.kernel[i] - 1;
    if (g.stride[i] != 1 || g.padding.before[i] > most || g.padding.after[i] > most) return false;
  }
  return true;
}

/// (out, in, taps) → (in, out, taps backwards).
std::vector<float> mirrored_kernel(const float* master, const ConvolutionGeometry& g) {
  const std::int64_t taps = g.kernel[0] * g.kernel[1] * g.kernel[2];
  std::vector<float> result(static_cast<std::size_t>(g.out_channels * g.in_channels * taps));
  for (std::int64_t f = 0; f < g.out_channels; ++f) {
    for (std::int64_t c = 0; c < g.in_channels; ++c) {
      const float* from = master + (f * g.in_channels + c) * taps;
      std::reverse_copy(from, from + taps, result.data() + (c * g.out_channels + f) * taps);
    }
  }
  return result;
}

/// The transpose of mirrored_kernel(), for gradients.
void add_mirrored_gradient(const float* gradient, const ConvolutionGeometry& g, float* master) {
  const std::int64_t taps = g.kernel[0] * g.kernel[1] * g.kernel[2];
  for (std::int64_t f = 0; f < g.out_channels; ++f) {
    for (std::int64_t c = 0; c < g.in_channels; ++c) {
      const float* from = gradient + (c * g.out_channels + f) * taps;
      float* to = master + (f * g.in_channels + c) * taps;
      for (std::int64_t t = 0; t < taps; ++t) to[t] += from[taps - 1 - t];
    }
  }
}

/// Whether oneDNN's gradients of kernels in bf16 can be trusted. Those of version 2.6.3 (jit_bf16)
/// are wrong, or written beyond their end, for some convolutions with strides along x or y or with
/// more taps than the image has cells.
bool has_sound_bf16_backward_weights(const ConvolutionGeometry& g) {
  for (std::size_t i = 0; i < 3; ++i) {
    if (g.kernel[i] > g.in[i]) return false;
  }
  return g.stride[0] == 1 && g.stride[1] == 1;
}

/// Whether oneDNN computes the kernel's gradient with a kernel made for convolutions.
bool has_direct_backward_weights(const ConvolutionGeometry& g, Precision precision) {
  if (precision == Precision::bf16 && !has_sound_bf16_backward_weights(g)) return false;
  const Type type = type_of(precision);
  const dnnl::convolution_backward_weights::primitive_desc chosen(
      {dnnl::algorithm::convolution_auto, image(g.batch, g.in_channels, g.in, type),
       kernel_desc(g, Tag::any, f32), image(g.batch, g.out_channels, g.out, type),
       dims_of(g.stride), dims_of(g.padding.before), dims_of(g.padding.after)},
      user_scratchpad(), cpu_engine(), forward_hint(g, precision));
  const std::string implementation = chosen.impl_info_str();
  return !is_reference(implementation) && implementation.find("gemm") == std::string::npos;
}

}  // namespace

ConvolutionBackwardData::Primitive::Primitive(const ConvolutionGeometry& geometry,
                                              Precision precision)
    : Convolution(geometry, {f32, type_of(precision), type_of(precision)}),
      precision_(precision),
      out_count_(result_count(geometry)) {
  const dnnl::convolution_backward_data::primitive_desc chosen(
      {dnnl::algorithm::convolution_auto, in_, any_weights_, out_, stride_, before_, after_},
      user_scratchpad(), cpu_engine(), forward_hint(geometry, precision));
  implementation_ = chosen.impl_info_str();
  weights_ = chosen.weights_desc();
  scratchpad_bytes_ = chosen.scratchpad_desc().get_size();
  primitive_ = BoundPrimitive(dnnl::convolution_backward_data(chosen),
                              {{DNNL_ARG_DIFF_SRC, in_},
                               {DNNL_ARG_WEIGHTS, weights_},
                               {DNNL_ARG_DIFF_DST, out_},
                               {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
}

std::size_t ConvolutionBackwardData::Primitive::scratch_bytes() const {
  return aligned(scratchpad_bytes_) + converted_bytes(out_count_, precision_);
}

void ConvolutionBackwardData::Primitive::run(const float* out_gradient, const std::byte* weights,
                                             float* in_gradient, std::byte* scratch) {
  primitive_.set(DNNL_ARG_DIFF_DST, converted(out_gradient, out_count_, precision_,
                                              scratch + aligned(scratchpad_bytes_)));
  primitive_.set(DNNL_ARG_WEIGHTS, weights);
  primitive_.set(DNNL_ARG_DIFF_SRC, in_gradient);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
  primitive_.run();
}

ConvolutionBackwardData::ConvolutionBackwardData(const ConvolutionGeometry& geometry,
                                                 const NumberFormat& format)
    : geometry_(geometry) {
  if (can_be_mirrored(geometry)) {
    const ConvolutionGeometry mirror = mirrored_geometry(geometry);
    if (format.precision == Precision::f32 && SingleFilter::fits(mirror)) {
      single_.emplace(mirror);
      return;
    }
    if (WinogradConvolution::fits(mirror, format.precision)) {
      winograd_.emplace(mirror, format.precision);
      return;
    }
    const Stacking stacking(mirror);
    if (stacking.active()) mirrored_.emplace(stacking, true, nullptr, format);
  }
  if (!mirrored_) primitive_.emplace(geometry, format.precision);
}

std::size_t ConvolutionBackwardData::weights_bytes() const {
  return visit([](const auto& form) { return form.weights_bytes(); });
}

void ConvolutionBackwardData::prepare(const float* master, std::byte* prepared) const {
  if (primitive_) return primitive_->prepare(master, prepared);
  const std::vector<float> kernel = mirrored_kernel(master, geometry_);
  visit([&](const auto& form) { form.prepare(kernel.data(), prepared); });
}

std::string ConvolutionBackwardData::implementation() const {
  return visit([](const auto& form) { return std::string(form.implementation()); });
}

std::size_t ConvolutionBackwardData::scratch_bytes() const {
  return visit([](const auto& form) { return form.scratch_bytes(); });
}

void ConvolutionBackwardData::run(const float* out_gradient, const std::byte* weights,
                                  float* in_gradient, std::byte* scratch) {
  if (primitive_) return primitive_->run(out_gradient, weights, in_gradient, scratch);
  if (single_) return single_->run(out_gradient, weights, in_gradient, scratch);
  if (mirrored_) return mirrored_->run(out_gradient, weights, nullptr, in_gradient, scratch);
  const std::int64_t out_count = result_count(geometry_) / geometry_.batch;
  const std::int64_t in_count = source_count(geometry_) / geometry_.batch;
  for (std::int64_t n = 0; n < geometry_.batch; ++n) {
    winograd_->run(out_gradient + n * out_count, weights, WinogradConvolution::plain_finish(),
                   in_gradient + n * in_count, scratch);
  }
}

ConvolutionBackwardWeights::ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                                                       bool bias, const NumberFormat& format)
    : ConvolutionBackwardWeights(
          geometry, best_stacking(geometry, usable_precision(geometry, format.precision)), bias,
          usable_precision(geometry, format.precision)) {}

Precision ConvolutionBackwardWeights::usable_precision(const ConvolutionGeometry& geometry,
                                                       Precision wanted) {
  const bool sound = wanted != Precision::bf16 || has_sound_bf16_backward_weights(geometry);
  return sound ? wanted : Precision::f32;
}

/// The form that takes the fewest vector operations; blocks, and mirroring (no stacking), only
/// where oneDNN has a direct kernel for them.
std::optional<Stacking> ConvolutionBackwardWeights::best_stacking(
    const ConvolutionGeometry& geometry, Precision precision) {
  struct Candidate {
    std::optional<Stacking> stacking;
    ConvolutionGeometry geometry;
    std::int64_t operations;
  };
  const Candidate plain{Stacking(geometry, {1, 1, 1}), geometry, vector_operations(geometry)};
  std::vector<Candidate> cheaper;
  const auto consider = [&](const Candidate& candidate) {
    if (candidate.operations < plain.operations) cheaper.push_back(candidate);
  };
  const Stacking blocks(geometry);
  consider({blocks, blocks.stacked(), vector_operations(geometry, blocks.block())});
  if (can_be_mirrored(geometry)) {
    const ConvolutionGeometry mirror = mirrored_geometry(geometry);
    consider({std::nullopt, mirror, vector_operations(mirror)});
  }
  std::ranges::stable_sort(cheaper, {}, &Candidate::operations);
  const auto found = std::ranges::find_if(cheaper, [&](const Candidate& candidate) {
    return has_direct_backward_weights(candidate.geometry, precision);
  });
  return found == cheaper.end() ? plain.stacking : found->stacking;
}

ConvolutionBackwardWeights::ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                                                       const std::optional<Stacking>& stacking,
                                                       bool bias, Precision precision)
    : Convolution(stacking ? stacking->stacked() : mirrored_geometry(geometry),
                  {type_of(precision), f32, type_of(precision)}),
      precision_(precision),
      geometry_(geometry),
      stacking_(stacking),
      has_bias_(bias),
      bias_sums_(bias && mirrored() ? 2 * static_cast<std::size_t>(geometry.out_channels) : 0) {
  using Description = dnnl::convolution_backward_weights::desc;
  constexpr auto algorithm = dnnl::algorithm::convolution_auto;
  const bool fused_bias = has_bias_ && !mirrored();
  const Description description =
      fused_bias ? Description(algorithm, in_, any_weights_, bias_, out_, stride_, before_, after_)
                 : Description(algorithm, in_, any_weights_, out_, stride_, before_, after_);
  const ConvolutionGeometry seen = stacking_ ? stacking_->stacked() : mirrored_geometry(geometry);
  const dnnl::convolution_backward_weights::primitive_desc chosen(
      description, user_scratchpad(), cpu_engine(), forward_hint(seen, precision));
  implementation_ = chosen.impl_info_str();
  weights_ = chosen.diff_weights_desc();
  scratchpad_bytes_ = chosen.scratchpad_desc().get_size();
  primitive_ = BoundPrimitive(dnnl::convolution_backward_weights(chosen),
                              {{DNNL_ARG_SRC, in_},
                               {DNNL_ARG_DIFF_WEIGHTS, weights_},
                               {DNNL_ARG_DIFF_DST, out_},
                               {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
  if (fused_bias) primitive_.add_argument(DNNL_ARG_DIFF_BIAS, bias_);
  to_master_ = Reorder(weights_, master_weights_);
}

ConvolutionBackwardWeights::Scratch ConvolutionBackwardWeights::scratch() const {
  Scratch at{};
  at.gradient = aligned(scratchpad_bytes_);
  at.master = at.gradient + weights_bytes();
  at.bias = at.master + aligned(master_weights_.get_size());
  at.stacked = at.bias + aligned(bias_.get_size());
  at.converted = at.stacked + image_bytes();
  at.total = at.converted;
  if (precision_ != Precision::f32) at.total += aligned(in_.get_size()) + aligned(out_.get_size());
  return at;
}

std::size_t ConvolutionBackwardWeights::scratch_bytes() const {
  return scratch().total;
}

std::string ConvolutionBackwardWeights::implementation() const {
  return mirrored() ? implementation_ + " mirrored" : stacking_->describe(implementation_);
}

void ConvolutionBackwardWeights::run(const float* in, const float* out_gradient,
                                     float* kernel_gradient, float* bias_gradient,
                                     std::byte* memory) {
  const Scratch at = scratch();
  std::byte* gradient = memory + at.gradient;
  std::byte* master = memory + at.master;
  std::byte* bias = memory + at.bias;
  if (has_bias_ && mirrored()) {
    add_channel_sums(out_gradient, result_count(geometry_), bias_sums_, bias_gradient);
  }
  if (mirrored()) std::swap(in, out_gradient);
  if (image_bytes() > 0) {
    auto* stacked = reinterpret_cast<float*>(memory + at.stacked);
    stacking_->stack(out_gradient, stacked);
    out_gradient = stacked;
  }
  primitive_.set(DNNL_ARG_SRC, converted(in, elements_of(in_), precision_, memory + at.converted));
  primitive_.set(DNNL_ARG_DIFF_DST, converted(out_gradient, elements_of(out_), precision_,
                                              memory + at.converted + aligned(in_.get_size())));
  primitive_.set(DNNL_ARG_DIFF_WEIGHTS, gradient);
  primitive_.set(DNNL_ARG_SCRATCHPAD, memory);
  if (has_bias_ && !mirrored()) primitive_.set(DNNL_ARG_DIFF_BIAS, bias);
  primitive_.run();
  to_master_.run(gradient, master);
  if (mirrored()) {
    add_mirrored_gradient(reinterpret_cast<const float*>(master), geometry_, kernel_gradient);
    return;
  }
  stacking_->add_kernel_gradient(reinterpret_cast<const float*>(master), kernel_gradient);
  if (has_bias_) {
    stacking_->add_bias_gradient(reinterpret_cast<const float*>(bias), bias_gradient);
  }
}

}  // namespace showergan::nn::kernel
