#include <algorithm>
#include <optional>
#include <vector>

#include "base/contract.hpp"
#include "nn/kernel/convolution.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {
namespace {

/// The convolution whose transpose this is: from our result to our input.
ConvolutionGeometry transposed_geometry(const Conv3dTranspose& op, const Request& request) {
  const Shape& in = request.input_shape(0);
  const Shape& out = request.node.shape;
  return {request.batch,         out[0],    in[0],     {out[1], out[2], out[3]},
          {in[1], in[2], in[3]}, op.kernel, op.stride, op.padding};
}

/// oneDNN's own deconvolution falls to slow reference kernels in three dimensions, so the forward
/// pass is the backward-data primitive of the convolution, and the other way round.
class Conv3dTransposeKernel : public Kernel {
 public:
  Conv3dTransposeKernel(const Conv3dTranspose& op, const Request& request)
      : kernel_(request.parameter(0)),
        bias_(op.bias ? std::optional(request.parameter(1)) : std::nullopt),
        out_count_(request.batch * element_count(request.node.shape)),
        epilogue_(request, op.epilogue, op.bias, op.filters),
        forward_(transposed_geometry(op, request)) {
    SHOWERGAN_EXPECT(!request.input_is_constant(0));
    if (request.training && request.input_gradients[0]) {
      backward_data_.emplace(Stacking(transposed_geometry(op, request)), true, nullptr);
    }
    if (request.parameter_gradients) {
      backward_weights_.emplace(transposed_geometry(op, request), false);
      if (bias_) bias_sums_.resize(2 * static_cast<std::size_t>(op.filters));
    }
  }

  std::size_t prepared_bytes() const override {
    return epilogue_.prepared_bytes() + forward_.weights_bytes() +
           (backward_data_ ? backward_data_->weights_bytes() : 0);
  }
  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    epilogue_.prepare(parameters, prepared);
    const float* master = parameters.of(kernel_).data();
    std::byte* weights = prepared + epilogue_.prepared_bytes();
    forward_.prepare(master, weights);
    if (backward_data_) backward_data_->prepare(master, weights + forward_.weights_bytes());
  }

  std::size_t forward_scratch_bytes() const override { return forward_.scratch_bytes(); }
  std::size_t backward_scratch_bytes() const override {
    return std::max(backward_data_ ? backward_data_->scratch_bytes() : 0,
                    backward_weights_ ? backward_weights_->scratch_bytes() : 0);
  }
  bool backward_reads_inputs() const override { return backward_weights_.has_value(); }
  bool backward_reads_output() const override { return epilogue_.reads_output_backward(); }
  std::string implementation() const override {
    std::string text = "transposed " + forward_.implementation();
    if (backward_data_) text += ", data " + backward_data_->implementation();
    if (backward_weights_) text += ", weights " + backward_weights_->implementation();
    return text;
  }

  void forward(const ForwardArguments& arguments) override {
    forward_.run(arguments.inputs[0], arguments.prepared + epilogue_.prepared_bytes(),
                 arguments.output, arguments.scratch);
    epilogue_.apply(arguments.output, out_count_, arguments.prepared, true);
  }

  void backward(const BackwardArguments& arguments) override {
    epilogue_.backward(arguments.output, arguments.output_gradient, out_count_);
    if (backward_weights_ && arguments.gradients) {
      backward_weights_->run(arguments.output_gradient, arguments.inputs[0],
                             arguments.gradients + kernel_.offset, nullptr, arguments.scratch);
      if (bias_) {
        add_channel_sums(arguments.output_gradient, out_count_, bias_sums_,
                         arguments.gradients + bias_->offset);
      }
    }
    if (arguments.input_gradients[0]) {
      backward_data_->run(
          arguments.output_gradient,
          arguments.prepared + epilogue_.prepared_bytes() + forward_.weights_bytes(), nullptr,
          arguments.input_gradients[0], arguments.scratch);
    }
  }

 private:
  Parameter kernel_;
  std::optional<Parameter> bias_;
  std::int64_t out_count_;
  EpilogueKernel epilogue_;
  ConvolutionBackwardData forward_;
  std::optional<ConvolutionForward> backward_data_;
  std::optional<ConvolutionBackwardWeights> backward_weights_;
  std::vector<double> bias_sums_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Conv3dTranspose& op, const Request& request) {
  return std::make_unique<Conv3dTransposeKernel>(op, request);
}

}  // namespace showergan::nn::kernel
