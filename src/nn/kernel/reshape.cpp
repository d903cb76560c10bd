#include <cstring>

#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {
namespace {

/// Reorders to row-major, where a reshape is nothing, and from there to the new layout. Either step
/// falls away where the layout is row-major anyway; the plan drops the whole node where no element
/// moves.
class ReshapeKernel : public Kernel {
 public:
  explicit ReshapeKernel(const Request& request)
      : from_(request.input_shape(0)),
        to_(request.node.shape),
        batch_(request.batch),
        from_constant_(request.input_is_constant(0)) {}

  std::size_t forward_scratch_bytes() const override { return scratch_bytes(); }
  std::size_t backward_scratch_bytes() const override { return scratch_bytes(); }

  void forward(const ForwardArguments& arguments) override {
    run(arguments.inputs[0], from_, from_constant_, arguments.output, to_, arguments.scratch);
  }

  void backward(const BackwardArguments& arguments) override {
    if (!arguments.input_gradients[0]) return;
    run(arguments.output_gradient, to_, false, arguments.input_gradients[0], from_,
        arguments.scratch);
  }

  bool gradient_may_stay() const override { return same_physical_order(from_, to_); }
  std::string implementation() const override {
    return same_physical_order(from_, to_) ? "none" : "reorder";
  }

 private:
  std::size_t scratch_bytes() const {
    const bool two_steps = !is_row_major(to_) && (!is_row_major(from_) || from_constant_);
    return two_steps ? static_cast<std::size_t>(batch_ * element_count(to_)) * sizeof(float) : 0;
  }

  void run(const float* in, const Shape& in_shape, bool in_constant, float* out,
           const Shape& out_shape, std::byte* scratch) const {
    if (in == out) return;  // the gradient stays where it is
    const Layout physical_in = physical_layout(in_shape, batch_, in_constant);
    const Layout physical_out = physical_layout(out_shape, batch_);
    const Layout plain_out = row_major_layout(out_shape, batch_);
    const Layout plain_in = row_major_layout(in_shape, batch_);
    if (is_row_major(out_shape)) {
      copy_tensor(in, physical_in.strides, out, plain_in.strides, physical_in.extents);
    } else if (is_row_major(in_shape) && !in_constant) {
      copy_tensor(in, plain_out.strides, out, physical_out.strides, physical_out.extents);
    } else {
      auto* between = reinterpret_cast<float*>(scratch);
      copy_tensor(in, physical_in.strides, between, plain_in.strides, physical_in.extents);
      copy_tensor(between, plain_out.strides, out, physical_out.strides, physical_out.extents);
    }
  }

  Shape from_;
  Shape to_;
  std::int64_t batch_;
  bool from_constant_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const Reshape&, const Request& request) {
  return std::make_unique<ReshapeKernel>(request);
}

}  // namespace showergan::nn::kernel
