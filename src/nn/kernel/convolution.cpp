#include "nn/kernel/convolution.hpp"

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

void Convolution::prepare(const float* master, std::byte* prepared) const {
  Reorder(master_weights_, weights_).run(master, prepared);
}

ConvolutionForward::ConvolutionForward(const ConvolutionGeometry& geometry, bool training,
                                       const EpilogueKernel* epilogue)
    : Convolution(geometry),
      epilogue_(epilogue),
      out_count_(geometry.batch * geometry.out_channels * geometry.out[0] * geometry.out[1] *
                 geometry.out[2]) {
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

void ConvolutionForward::run(const float* in, const std::byte* weights, const std::byte* epilogue,
                             float* out, std::byte* scratch) {
  primitive_.set(DNNL_ARG_SRC, in);
  primitive_.set(DNNL_ARG_WEIGHTS, weights);
  primitive_.set(DNNL_ARG_DST, out);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
  if (epilogue_) primitive_.set(DNNL_ARG_BIAS, epilogue_->bias(epilogue));
  if (fused_) epilogue_->set(primitive_, epilogue);
  primitive_.run();
  if (epilogue_ && !fused_) epilogue_->apply(out, out_count_, epilogue, false);
}

ConvolutionBackwardData::ConvolutionBackwardData(const ConvolutionGeometry& geometry)
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

void ConvolutionBackwardData::run(const float* out_gradient, const std::byte* weights,
                                  float* in_gradient, std::byte* scratch) {
  primitive_.set(DNNL_ARG_DIFF_DST, out_gradient);
  primitive_.set(DNNL_ARG_WEIGHTS, weights);
  primitive_.set(DNNL_ARG_DIFF_SRC, in_gradient);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
  primitive_.run();
}

ConvolutionBackwardWeights::ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                                                       bool bias)
    : Convolution(geometry),
      has_bias_(bias),
      kernel_count_(geometry.out_channels * geometry.in_channels * geometry.kernel[0] *
                    geometry.kernel[1] * geometry.kernel[2]),
      bias_count_(geometry.out_channels) {
  using Description = dnnl::convolution_backward_weights::desc;
  constexpr auto algorithm = dnnl::algorithm::convolution_auto;
  const Description description =
      bias ? Description(algorithm, in_, any_weights_, bias_, out_, stride_, before_, after_)
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
  if (bias) primitive_.add_argument(DNNL_ARG_DIFF_BIAS, bias_);
  to_master_ = Reorder(weights_, master_weights_);
}

std::size_t ConvolutionBackwardWeights::scratch_bytes() const {
  return aligned(scratchpad_bytes_) + weights_bytes() + aligned(master_weights_.get_size()) +
         aligned(bias_.get_size());
}

void ConvolutionBackwardWeights::run(const float* in, const float* out_gradient,
                                     float* kernel_gradient, float* bias_gradient,
                                     std::byte* scratch) {
  std::byte* gradient = scratch + aligned(scratchpad_bytes_);
  std::byte* master = gradient + weights_bytes();
  std::byte* bias = master + aligned(master_weights_.get_size());
  primitive_.set(DNNL_ARG_SRC, in);
  primitive_.set(DNNL_ARG_DIFF_DST, out_gradient);
  primitive_.set(DNNL_ARG_DIFF_WEIGHTS, gradient);
  primitive_.set(DNNL_ARG_SCRATCHPAD, scratch);
  if (has_bias_) primitive_.set(DNNL_ARG_DIFF_BIAS, bias);
  primitive_.run();
  to_master_.run(gradient, master);
  add_to(kernel_gradient, reinterpret_cast<const float*>(master), kernel_count_);
  if (has_bias_) add_to(bias_gradient, reinterpret_cast<const float*>(bias), bias_count_);
}

}  // namespace showergan::nn::kernel
