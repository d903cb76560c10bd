#include <algorithm>
#include <cmath>

#include "nn/kernel/onednn.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/vector.hpp"

namespace showergan::nn::kernel {
namespace {

/// A function of its own (the passes fuse most into the operator before it). oneDNN's vector code
/// for what it has; a plain loop for the rest.
class ActivationKernel : public Kernel {
 public:
  ActivationKernel(const Activation& op, const Request& request)
      : op_(op),
        count_(request.batch * element_count(request.node.shape)),
        constant_input_(request.input_is_constant(0)),
        sample_(element_count(request.node.shape)),
        from_output_(op.derivative_from_output()) {
    dnnl::post_ops functions;
    if (op.is_linear() || op.function == Function::clip || !append_activation(functions, op))
      return;
    dnnl::algorithm algorithm;
    float scale = 1;
    float alpha = 0;
    float beta = 0;
    functions.get_params_eltwise(0, scale, algorithm, alpha, beta);
    const dnnl::memory::desc vector({count_}, dnnl::memory::data_type::f32,
                                    dnnl::memory::format_tag::x);
    const dnnl::eltwise_forward::primitive_desc description(
        {dnnl::prop_kind::forward_inference, algorithm, vector, alpha, beta}, user_scratchpad(),
        cpu_engine());
    implementation_ = description.impl_info_str();
    if (is_reference(implementation_)) {
      implementation_ = "loop";
      return;
    }
    forward_ = BoundPrimitive(dnnl::eltwise_forward(description),
                              {{DNNL_ARG_SRC, vector}, {DNNL_ARG_DST, vector}});
    vectorized_ = true;
  }

  bool may_run_in_place() const override { return !constant_input_; }
  bool gradient_may_stay() const override { return true; }
  bool backward_reads_inputs() const override { return !from_output_; }
  bool backward_reads_output() const override { return from_output_; }
  std::string implementation() const override { return implementation_; }

  void forward(const ForwardArguments& arguments) override {
    if (vectorized_ && !constant_input_) {
      forward_.set(DNNL_ARG_SRC, arguments.inputs[0]);
      forward_.set(DNNL_ARG_DST, arguments.output);
      forward_.run();
      return;
    }
    const float* in = arguments.inputs[0];
    float* out = arguments.output;
    if (op_.function == Function::clip) {
      const auto low = static_cast<float>(op_.alpha);
      const auto high = static_cast<float>(op_.beta);
      for (std::int64_t i = 0; i < count_; ++i) out[i] = std::min(std::max(in[at(i)], low), high);
    } else {
      for (std::int64_t i = 0; i < count_; ++i) {
        out[i] = static_cast<float>(evaluate(op_, static_cast<double>(in[at(i)])));
      }
    }
  }

  void backward(const BackwardArguments& arguments) override {
    float* gradient = arguments.input_gradients[0];
    if (!gradient) return;
    if (gradient != arguments.output_gradient) {
      std::copy_n(arguments.output_gradient, count_, gradient);
    }
    if (from_output_) {
      multiply_by_derivative(op_, arguments.output, gradient, count_);
    } else {
      const float* in = arguments.inputs[0];
      for (std::int64_t i = 0; i < count_; ++i) {
        gradient[i] *= static_cast<float>(derivative(op_, static_cast<double>(in[at(i)])));
      }
    }
  }

 private:
  /// A constant input holds one sample for the whole batch.
  std::int64_t at(std::int64_t i) const { return constant_input_ ? i % sample_ : i; }

  Activation op_;
  std::int64_t count_;
  bool constant_input_;
  std::int64_t sample_;
  bool from_output_;
  bool vectorized_ = false;
  BoundPrimitive forward_;
  std::string implementation_ = "loop";
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Activation& op, const Request& request) {
  return std::make_unique<ActivationKernel>(op, request);
}

}  // namespace showergan::nn::kernel
