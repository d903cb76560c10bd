#include "nn/kernel/convolution.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {
namespace {

using dnnl::memory;
using Tag = dnnl::memory::format_tag;

constexpr auto f32 = memory::data_type::f32;

memory::dims dims_of(const Triple& triple) {
  return {triple[0], triple[1], triple[2]};
}

memory::desc image(std::int64_t batch, std::int64_t channels, const Triple& extents) {
  return {{batch, channels, extents[0], extents[1], extents[2]}, f32, Tag::ndhwc};
}

memory::desc kernel_desc(const ConvolutionGeometry& g, Tag tag) {
  return {{g.out_channels, g.in_channels, g.kernel[0], g.kernel[1], g.kernel[2]}, f32, tag};
}

/// What the backward primitives want as a hint of the forward pass.
dnnl::convolution_forward::primitive_desc forward_hint(
    const memory::desc& in, const memory::desc& weights, const memory::desc& out,
    const memory::dims& stride, const memory::dims& before, const memory::dims& after) {
  return {{dnnl::prop_kind::forward_training, dnnl::algorithm::convolution_auto, in, weights, out,
           stride, before, after},
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

/// Whether oneDNN computes the kernel's gradient with a kernel made for convolutions.
bool has_direct_backward_weights(const ConvolutionGeometry& g) {
  const memory::desc in = image(g.batch, g.in_channels, g.in);
  const memory::desc out = image(g.batch, g.out_channels, g.out);
  const memory::desc weights = kernel_desc(g, Tag::any);
  const memory::dims stride = dims_of(g.stride);
  const memory::dims before = dims_of(g.padding.before);
  const memory::dims after = dims_of(g.padding.after);
  const dnnl::convolution_backward_weights::primitive_desc chosen(
      {dnnl::algorithm::convolution_auto, in, weights, out, stride, before, after},
      user_scratchpad(), cpu_engine(), forward_hint(in, weights, out, stride, before, after));
  const std::string implementation = chosen.impl_info_str();
  return !is_reference(implementation) && implementation.find("gemm") == std::string::npos;
}

std::int64_t result_count(const ConvolutionGeometry& g) {
  return g.batch * g.out_channels * g.out[0] * g.out[1] * g.out[2];
}

}  // namespace

Convolution::Convolution(const ConvolutionGeometry& g)
    : in_(image(g.batch, g.in_channels, g.in)),
      out_(image(g.batch, g.out_channels, g.out)),
      any_weights_(kernel_desc(g, Tag::any)),
      master_weights_(kernel_desc(g, Tag::oidhw)),
      bias_({g.out_channels}, f32, Tag::a),
      stride_(dims_of(g.stride)),
      before_(dims_of(g.padding.before)),
      after_(dims_of(g.padding.after)) {}

void Convolution::reorder_weights(const float* master, std::byte* prepared) const {
  Reorder(master_weights_, weights_).run(master, prepared);
}

ConvolutionForward::ConvolutionForward(const Stacking& stacking, bool training,
                                       const EpilogueKernel* epilogue)
    : Convolution(stacking.stacked()),
      stacking_(stacking),
      epilogue_(epilogue),
      out_count_(result_count(stacking.plain())) {
  // oneDNN takes the width on trust and would read past the bias.
  SHOWERGAN_EXPECT(!epilogue || epilogue->width() == stacking.stacked().out_channels);
  using Description = dnnl::convolution_forward::desc;
  const auto kind =
      training ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
  constexpr auto algorithm = dnnl::algorithm::convolution_auto;
  const Description description =
      epilogue
          ? Description(kind, algorithm, in_, any_weights_, bias_, out_, stride_, before_, after_)
          : Description(kind, algorithm, in_, any_weights_, out_, stride_, before_, after_);
  dnnl::primitive_attr attributes = user_scratchpad();
  if (epilogue) {
    const auto operations = epilogue->post_operations(5);
    fused_ = operations.has_value();
    if (fused_) attributes.set_post_ops(*operations);
  }
  dnnl::convolution_forward::primitive_desc chosen(description, attributes, cpu_engine());
  if (fused_ && is_reference(chosen.impl_info_str())) {
    chosen = {description, user_scratchpad(), cpu_engine()};
    fused_ = false;
  }
  implementation_ = chosen.impl_info_str();
  weights_ = chosen.weights_desc();
  scratchpad_bytes_ = chosen.scratchpad_desc().get_size();
  primitive_ = BoundPrimitive(dnnl::convolution_forward(chosen),
                              {{DNNL_ARG_SRC, in_},
                               {DNNL_ARG_WEIGHTS, weights_},
                               {DNNL_ARG_DST, out_},
                               {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
  if (epilogue) primitive_.add_argument(DNNL_ARG_BIAS, bias_);
  if (fused_) epilogue->bind(primitive_, 5);
}

void ConvolutionForward::prepare(const float* master, std::byte* prepared) const {
  if (!stacking_.active()) return reorder_weights(master, prepared);
  std::vector<float> stacked(static_cast<std::size_t>(stacking_.kernel_count()));
  stacking_.stack_kernel(master, stacked.data());
  reorder_weights(stacked.data(), prepared);
}

std::size_t ConvolutionForward::scratch_bytes() const {
  return aligned(scratchpad_bytes_) + stacking_.image_bytes();
}

void ConvolutionForward::run(const float* in, const std::byte* weights, const std::byte* epilogue,
                             float* out, std::byte* scratch) {
  const bool copied = stacking_.image_bytes() > 0;
  auto* stacked = reinterpret_cast<float*>(scratch + aligned(scratchpad_bytes_));
  primitive_.set(DNNL_ARG_SRC, in);
  primitive_.set(DNNL_ARG_WEIGHTS, weights);
  primitive_.set(DNNL_ARG_DST, copied ? stacked : out);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
  if (epilogue_) primitive_.set(DNNL_ARG_BIAS, epilogue_->bias(epilogue));
  if (fused_) epilogue_->set(primitive_, epilogue);
  primitive_.run();
  if (copied) stacking_.unstack(stacked, out);
  if (epilogue_ && !fused_) epilogue_->apply(out, out_count_, epilogue, false);
}

ConvolutionBackwardData::Primitive::Primitive(const ConvolutionGeometry& geometry)
    : Convolution(geometry) {
  const dnnl::convolution_backward_data::primitive_desc chosen(
      {dnnl::algorithm::convolution_auto, in_, any_weights_, out_, stride_, before_, after_},
      user_scratchpad(), cpu_engine(),
      forward_hint(in_, any_weights_, out_, stride_, before_, after_));
  implementation_ = chosen.impl_info_str();
  weights_ = chosen.weights_desc();
  scratchpad_bytes_ = chosen.scratchpad_desc().get_size();
  primitive_ = BoundPrimitive(dnnl::convolution_backward_data(chosen),
                              {{DNNL_ARG_DIFF_SRC, in_},
                               {DNNL_ARG_WEIGHTS, weights_},
                               {DNNL_ARG_DIFF_DST, out_},
                               {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
}

void ConvolutionBackwardData::Primitive::run(const float* out_gradient, const std::byte* weights,
                                             float* in_gradient, std::byte* scratch) {
  primitive_.set(DNNL_ARG_DIFF_DST, out_gradient);
  primitive_.set(DNNL_ARG_WEIGHTS, weights);
  primitive_.set(DNNL_ARG_DIFF_SRC, in_gradient);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
  primitive_.run();
}

ConvolutionBackwardData::ConvolutionBackwardData(const ConvolutionGeometry& geometry)
    : geometry_(geometry) {
  if (can_be_mirrored(geometry)) {
    const Stacking stacking(mirrored_geometry(geometry));
    if (stacking.active()) mirrored_.emplace(stacking, true, nullptr);
  }
  if (!mirrored_) primitive_.emplace(geometry);
}

std::size_t ConvolutionBackwardData::weights_bytes() const {
  return mirrored_ ? mirrored_->weights_bytes() : primitive_->weights_bytes();
}

void ConvolutionBackwardData::prepare(const float* master, std::byte* prepared) const {
  if (!mirrored_) return primitive_->prepare(master, prepared);
  mirrored_->prepare(mirrored_kernel(master, geometry_).data(), prepared);
}

std::string ConvolutionBackwardData::implementation() const {
  return mirrored_ ? mirrored_->implementation() : primitive_->implementation();
}

std::size_t ConvolutionBackwardData::scratch_bytes() const {
  return mirrored_ ? mirrored_->scratch_bytes() : primitive_->scratch_bytes();
}

void ConvolutionBackwardData::run(const float* out_gradient, const std::byte* weights,
                                  float* in_gradient, std::byte* scratch) {
  if (!mirrored_) return primitive_->run(out_gradient, weights, in_gradient, scratch);
  mirrored_->run(out_gradient, weights, nullptr, in_gradient, scratch);
}

ConvolutionBackwardWeights::ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                                                       bool bias)
    : ConvolutionBackwardWeights(geometry, best_stacking(geometry), bias) {}

/// The form that takes the fewest vector operations; blocks, and mirroring (no stacking), only
/// where oneDNN has a direct kernel for them.
std::optional<Stacking> ConvolutionBackwardWeights::best_stacking(
    const ConvolutionGeometry& geometry) {
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
  const auto found =
      std::ranges::find_if(cheaper, has_direct_backward_weights, &Candidate::geometry);
  return found == cheaper.end() ? plain.stacking : found->stacking;
}

ConvolutionBackwardWeights::ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                                                       const std::optional<Stacking>& stacking,
                                                       bool bias)
    : Convolution(stacking ? stacking->stacked() : mirrored_geometry(geometry)),
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
  const dnnl::convolution_backward_weights::primitive_desc chosen(
      description, user_scratchpad(), cpu_engine(),
      forward_hint(in_, any_weights_, out_, stride_, before_, after_));
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

std::size_t ConvolutionBackwardWeights::scratch_bytes() const {
  return aligned(scratchpad_bytes_) + weights_bytes() + aligned(master_weights_.get_size()) +
         aligned(bias_.get_size()) + image_bytes();
}

std::string ConvolutionBackwardWeights::implementation() const {
  return mirrored() ? implementation_ + " mirrored" : stacking_->describe(implementation_);
}

void ConvolutionBackwardWeights::run(const float* in, const float* out_gradient,
                                     float* kernel_gradient, float* bias_gradient,
                                     std::byte* scratch) {
  std::byte* gradient = scratch + aligned(scratchpad_bytes_);
  std::byte* master = gradient + weights_bytes();
  std::byte* bias = master + aligned(master_weights_.get_size());
  if (has_bias_ && mirrored()) {
    add_channel_sums(out_gradient, result_count(geometry_), bias_sums_, bias_gradient);
  }
  if (mirrored()) std::swap(in, out_gradient);
  if (image_bytes() > 0) {
    auto* stacked = reinterpret_cast<float*>(bias + aligned(bias_.get_size()));
    stacking_->stack(out_gradient, stacked);
    out_gradient = stacked;
  }
  primitive_.set(DNNL_ARG_SRC, in);
  primitive_.set(DNNL_ARG_DIFF_DST, out_gradient);
  primitive_.set(DNNL_ARG_DIFF_WEIGHTS, gradient);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
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
