#include <algorithm>

#include "base/contract.hpp"
#include "nn/kernel/composed_dense.hpp"
#include "nn/kernel/convolution_description.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {
namespace {

using dnnl::memory;

/// Training keeps float32: its dense layers are small, and the heads that the losses read. In
/// inference the weights, read once per run, count: half the bytes.
Precision operand_precision(const Request& request) {
  const bool bf16 = !request.training && request.format.precision != Precision::f32 &&
                    has_instructions(Precision::bf16);
  return bf16 ? Precision::bf16 : Precision::f32;
}

class DenseKernel : public Kernel {
 public:
  DenseKernel(const Dense& op, const Request& request)
      : precision_(operand_precision(request)),
        batch_(request.batch),
        inputs_(request.input_shape(0)[0]),
        units_(op.units),
        kernel_(request.parameter(0)),
        bias_(op.bias ? std::optional(request.parameter(1)) : std::nullopt),
        epilogue_(request, op.epilogue, op.bias, op.units),
        source_({batch_, inputs_}, type_of(precision_), memory::format_tag::ab),
        weights_({units_, inputs_}, memory::data_type::f32, memory::format_tag::ab),
        any_weights_({units_, inputs_}, type_of(precision_), memory::format_tag::any),
        bias_desc_({units_}, memory::data_type::f32, memory::format_tag::a),
        result_({batch_, units_}, memory::data_type::f32, memory::format_tag::ab) {
    SHOWERGAN_EXPECT(!request.input_is_constant(0));
    make_forward(request.training);
    if (request.training && request.input_gradients[0]) make_backward_data();
    if (request.parameter_gradients) make_backward_weights();
  }

  std::size_t prepared_bytes() const override {
    return epilogue_.prepared_bytes() + aligned(forward_weights_.get_size()) +
           (has_backward_data_ ? aligned(backward_weights_.get_size()) : 0);
  }

  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    epilogue_.prepare(parameters, prepared);
    std::byte* at = prepared + epilogue_.prepared_bytes();
    const float* master = parameters.of(kernel_).data();
    Reorder(weights_, forward_weights_).run(master, at);
    if (has_backward_data_) {
      Reorder(weights_, backward_weights_).run(master, at + aligned(forward_weights_.get_size()));
    }
  }

  std::size_t forward_scratch_bytes() const override {
    return aligned(forward_scratch_) + converted_bytes(batch_ * inputs_, precision_);
  }
  std::size_t backward_scratch_bytes() const override {
    return std::max(backward_scratch_, weights_scratch_ + aligned(gradient_desc_.get_size()) +
                                           aligned(weights_.get_size()) +
                                           aligned(bias_desc_.get_size()));
  }
  bool backward_reads_inputs() const override { return has_backward_weights_; }
  bool backward_reads_output() const override { return epilogue_.reads_output_backward(); }
  bool backward_reads_signs_only() const override { return epilogue_.reads_signs_only(); }
  std::string implementation() const override { return implementation_; }

  void forward(const ForwardArguments& arguments) override {
    const void* source = arguments.inputs[0];
    if (precision_ == Precision::bf16) {
      auto* copy = reinterpret_cast<std::uint16_t*>(arguments.scratch + aligned(forward_scratch_));
      to_bf16(arguments.inputs[0], copy, batch_ * inputs_);
      source = copy;
    }
    forward_.set(DNNL_ARG_SRC, source);
    forward_.set(DNNL_ARG_WEIGHTS, arguments.prepared + epilogue_.prepared_bytes());
    forward_.set(DNNL_ARG_BIAS, epilogue_.bias(arguments.prepared));
    forward_.set(DNNL_ARG_DST, arguments.output);
    forward_.set(DNNL_ARG_SCRATCHPAD, arguments.scratch);
    if (fused_) epilogue_.set(forward_, arguments.prepared);
    forward_.run();
    if (!fused_) epilogue_.apply(arguments.output, batch_ * units_, arguments.prepared, false);
  }

  void backward(const BackwardArguments& arguments) override {
    epilogue_.backward(arguments.output, arguments.output_gradient, batch_ * units_);
    if (has_backward_weights_ && arguments.gradients) {
      std::byte* at = arguments.scratch + weights_scratch_;
      auto* in_their_layout = at;
      auto* gradient = reinterpret_cast<float*>(at + aligned(gradient_desc_.get_size()));
      auto* bias = reinterpret_cast<float*>(reinterpret_cast<std::byte*>(gradient) +
                                            aligned(weights_.get_size()));
      backward_weights_primitive_.set(DNNL_ARG_SRC, arguments.inputs[0]);
      backward_weights_primitive_.set(DNNL_ARG_DIFF_DST, arguments.output_gradient);
      backward_weights_primitive_.set(DNNL_ARG_DIFF_WEIGHTS, in_their_layout);
      backward_weights_primitive_.set(DNNL_ARG_DIFF_BIAS, bias);
      backward_weights_primitive_.set(DNNL_ARG_SCRATCHPAD, arguments.scratch);
      backward_weights_primitive_.run();
      gradient_reorder_.run(in_their_layout, gradient);
      add_to(arguments.gradients + kernel_.offset, gradient, units_ * inputs_);
      if (bias_) add_to(arguments.gradients + bias_->offset, bias, units_);
    }
    if (arguments.input_gradients[0]) {
      backward_data_.set(DNNL_ARG_DIFF_DST, arguments.output_gradient);
      backward_data_.set(DNNL_ARG_WEIGHTS, arguments.prepared + epilogue_.prepared_bytes() +
                                               aligned(forward_weights_.get_size()));
      backward_data_.set(DNNL_ARG_DIFF_SRC, arguments.input_gradients[0]);
      backward_data_.set(DNNL_ARG_SCRATCHPAD, arguments.scratch);
      backward_data_.run();
    }
  }

 private:
  void make_forward(bool training) {
    const auto kind =
        training ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    const dnnl::inner_product_forward::desc description(kind, source_, any_weights_, bias_desc_,
                                                        result_);
    dnnl::primitive_attr attributes = user_scratchpad();
    const auto operations = epilogue_.post_operations(2);
    if (operations) attributes.set_post_ops(*operations);
    dnnl::inner_product_forward::primitive_desc chosen(description, attributes, cpu_engine());
    fused_ = operations.has_value();
    if (fused_ && is_reference(chosen.impl_info_str())) {
      chosen = {description, user_scratchpad(), cpu_engine()};
      fused_ = false;
    }
    implementation_ = chosen.impl_info_str();
    forward_weights_ = chosen.weights_desc();
    forward_scratch_ = chosen.scratchpad_desc().get_size();
    forward_hint_ = chosen;
    forward_ = BoundPrimitive(dnnl::inner_product_forward(chosen),
                              {{DNNL_ARG_SRC, source_},
                               {DNNL_ARG_WEIGHTS, forward_weights_},
                               {DNNL_ARG_BIAS, bias_desc_},
                               {DNNL_ARG_DST, result_},
                               {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
    if (fused_) epilogue_.bind(forward_, 2);
  }

  void make_backward_data() {
    const dnnl::inner_product_backward_data::primitive_desc chosen(
        {source_, any_weights_, result_}, user_scratchpad(), cpu_engine(), forward_hint_);
    backward_weights_ = chosen.weights_desc();
    backward_scratch_ = chosen.scratchpad_desc().get_size();
    backward_data_ = BoundPrimitive(dnnl::inner_product_backward_data(chosen),
                                    {{DNNL_ARG_DIFF_SRC, source_},
                                     {DNNL_ARG_WEIGHTS, backward_weights_},
                                     {DNNL_ARG_DIFF_DST, result_},
                                     {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
    has_backward_data_ = true;
  }

  void make_backward_weights() {
    const dnnl::inner_product_backward_weights::primitive_desc chosen(
        {source_, any_weights_, bias_desc_, result_}, user_scratchpad(), cpu_engine(),
        forward_hint_);
    gradient_desc_ = chosen.diff_weights_desc();
    weights_scratch_ = aligned(chosen.scratchpad_desc().get_size());
    backward_weights_primitive_ = BoundPrimitive(dnnl::inner_product_backward_weights(chosen),
                                                 {{DNNL_ARG_SRC, source_},
                                                  {DNNL_ARG_DIFF_WEIGHTS, gradient_desc_},
                                                  {DNNL_ARG_DIFF_BIAS, bias_desc_},
                                                  {DNNL_ARG_DIFF_DST, result_},
                                                  {DNNL_ARG_SCRATCHPAD, chosen.scratchpad_desc()}});
    gradient_reorder_ = Reorder(gradient_desc_, weights_);
    has_backward_weights_ = true;
  }

  Precision precision_;
  std::int64_t batch_;
  std::int64_t inputs_;
  std::int64_t units_;
  Parameter kernel_;
  std::optional<Parameter> bias_;
  EpilogueKernel epilogue_;
  memory::desc source_;
  memory::desc weights_;  ///< as the master stores them
  memory::desc any_weights_;
  memory::desc bias_desc_;
  memory::desc result_;
  memory::desc forward_weights_;   ///< as the forward primitive wants them
  memory::desc backward_weights_;  ///< as the backward-data primitive wants them
  memory::desc gradient_desc_;     ///< as the backward-weights primitive gives them
  dnnl::inner_product_forward::primitive_desc forward_hint_;
  BoundPrimitive forward_;
  BoundPrimitive backward_data_;
  BoundPrimitive backward_weights_primitive_;
  Reorder gradient_reorder_;
  std::size_t forward_scratch_ = 0;
  std::size_t backward_scratch_ = 0;
  std::size_t weights_scratch_ = 0;
  bool fused_ = false;
  bool has_backward_data_ = false;
  bool has_backward_weights_ = false;
  std::string implementation_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Dense& op, const Request& request) {
  if (op.composed) return make_composed_dense(op, request);
  return std::make_unique<DenseKernel>(op, request);
}

}  // namespace showergan::nn::kernel
