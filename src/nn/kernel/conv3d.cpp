#include <algorithm>
#include <optional>

#include "base/contract.hpp"
#include "nn/kernel/convolution.hpp"
#include "nn/kernel/convolution_description.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/single_filter.hpp"
#include "nn/kernel/upsampling_convolution.hpp"
#include "nn/kernel/vector.hpp"
#include "nn/kernel/winograd.hpp"

namespace showergan::nn::kernel {
namespace {

ConvolutionGeometry geometry_of(const Conv3d& op, const Request& request) {
  const Shape& in = request.input_shape(0);
  const Shape& out = request.node.shape;
  return {request.batch, in[0],     out[0],    {in[1], in[2], in[3]}, {out[1], out[2], out[3]},
          op.kernel,     op.stride, op.padding};
}

/// result[i] = f(result[i] + added[i]), where the convolution's primitive has not done it.
void add(const Activation& function, const float* added, float* result, std::int64_t count) {
  add_to(result, added, count);
  if (function.is_linear()) return;
  for (std::int64_t i = 0; i < count; ++i) {
    result[i] = static_cast<float>(evaluate(function, static_cast<double>(result[i])));
  }
}

class Conv3dKernel : public Kernel {
 public:
  Conv3dKernel(const Conv3d& op, const Request& request)
      : kernel_(request.parameter(0)),
        bias_(op.bias ? std::optional(request.parameter(1)) : std::nullopt),
        out_count_(request.batch * element_count(request.node.shape)),
        stacking_(geometry_of(op, request)),
        epilogue_(request, op.epilogue, op.bias, op.filters, stacking_.positions()),
        addition_(op.addition ? std::optional(op.addition->function) : std::nullopt) {
    SHOWERGAN_EXPECT(!request.input_is_constant(0) && !(op.addition && request.training));
    const Precision precision = request.format.precision;
    if (precision == Precision::f32 && SingleFilter::fits(stacking_.plain())) {
      single_.emplace(stacking_.plain());
    } else if (WinogradConvolution::fits(stacking_.plain(), precision) && epilogue_.slope()) {
      winograd_.emplace(stacking_.plain(), precision);
    } else {
      forward_.emplace(stacking_, request.training, &epilogue_, request.format, addition_);
    }
    if (request.training && request.input_gradients[0]) {
      backward_data_.emplace(geometry_of(op, request), request.format);
    }
    if (request.parameter_gradients) {
      backward_weights_.emplace(geometry_of(op, request), op.bias, request.format);
    }
  }

  std::size_t prepared_bytes() const override {
    return epilogue_.prepared_bytes() + weights_bytes() +
           (backward_data_ ? backward_data_->weights_bytes() : 0);
  }
  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    epilogue_.prepare(parameters, prepared);
    const float* master = parameters.of(kernel_).data();
    std::byte* weights = prepared + epilogue_.prepared_bytes();
    if (single_) single_->prepare(master, weights);
    if (winograd_) winograd_->prepare(master, weights);
    if (forward_) forward_->prepare(master, weights);
    if (backward_data_) backward_data_->prepare(master, weights + weights_bytes());
  }

  std::size_t forward_scratch_bytes() const override {
    if (single_) return single_->scratch_bytes();
    return winograd_ ? winograd_->scratch_bytes() : forward_->scratch_bytes();
  }
  std::size_t backward_scratch_bytes() const override {
    return std::max(backward_data_ ? backward_data_->scratch_bytes() : 0,
                    backward_weights_ ? backward_weights_->scratch_bytes() : 0);
  }
  bool backward_reads_inputs() const override { return backward_weights_.has_value(); }
  bool backward_reads_output() const override { return epilogue_.reads_output_backward(); }
  bool backward_reads_signs_only() const override { return epilogue_.reads_signs_only(); }

  void forward(const ForwardArguments& arguments) override {
    const std::byte* weights = arguments.prepared + epilogue_.prepared_bytes();
    const float* added = addition_ ? arguments.inputs[1] : nullptr;
    if (forward_) {
      forward_->run(arguments.inputs[0], weights, arguments.prepared, arguments.output,
                    arguments.scratch, added);
    } else if (winograd_) {
      forward_winograd(arguments, weights);
    } else {
      single_->run(arguments.inputs[0], weights, arguments.output, arguments.scratch);
      epilogue_.apply(arguments.output, out_count_, arguments.prepared, bias_.has_value());
    }
    if (addition_ && !(forward_ && forward_->adds())) {
      add(*addition_, added, arguments.output, out_count_);
    }
  }

  void backward(const BackwardArguments& arguments) override {
    epilogue_.backward(arguments.output, arguments.output_gradient, out_count_);
    if (backward_weights_ && arguments.gradients) {
      backward_weights_->run(
          arguments.inputs[0], arguments.output_gradient, arguments.gradients + kernel_.offset,
          bias_ ? arguments.gradients + bias_->offset : nullptr, arguments.scratch);
    }
    if (arguments.input_gradients[0]) {
      backward_data_->run(arguments.output_gradient,
                          arguments.prepared + epilogue_.prepared_bytes() + weights_bytes(),
                          arguments.input_gradients[0], arguments.scratch);
    }
  }

  std::string implementation() const override {
    std::string text = single_     ? single_->implementation()
                       : winograd_ ? winograd_->implementation()
                                   : forward_->implementation();
    if (backward_data_) text += ", data " + backward_data_->implementation();
    if (backward_weights_) text += ", weights " + backward_weights_->implementation();
    return text;
  }

 private:
  std::size_t weights_bytes() const {
    if (single_) return single_->weights_bytes();
    return winograd_ ? winograd_->weights_bytes() : forward_->weights_bytes();
  }

  void forward_winograd(const ForwardArguments& arguments, const std::byte* weights) const {
    const ConvolutionGeometry& g = stacking_.plain();
    const std::byte* prepared = arguments.prepared;
    const WinogradConvolution::Finish finish{epilogue_.bias(prepared), epilogue_.scale(prepared),
                                             epilogue_.shift(prepared), *epilogue_.slope()};
    const std::int64_t in = source_count(g) / g.batch;
    const std::int64_t out = out_count_ / g.batch;
    for (std::int64_t n = 0; n < g.batch; ++n) {
      winograd_->run(arguments.inputs[0] + n * in, weights, finish, arguments.output + n * out,
                     arguments.scratch);
    }
  }

  Parameter kernel_;
  std::optional<Parameter> bias_;
  std::int64_t out_count_;
  Stacking stacking_;
  EpilogueKernel epilogue_;
  std::optional<Activation> addition_;  ///< the function of an addition
  std::optional<SingleFilter> single_;  ///< one of the three
  std::optional<WinogradConvolution> winograd_;
  std::optional<ConvolutionForward> forward_;
  std::optional<ConvolutionBackwardData> backward_data_;
  std::optional<ConvolutionBackwardWeights> backward_weights_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Conv3d& op, const Request& request) {
  if (op.upsamples()) return make_upsampling_convolution(op, request);
  return std::make_unique<Conv3dKernel>(op, request);
}

}  // namespace showergan::nn::kernel
