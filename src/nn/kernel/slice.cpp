#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {

std::unique_ptr<Kernel> kernel_for(const Slice& op, const Request& request) {
  const Layout from =
      physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
  const Layout to = physical_layout(request.node.shape, request.batch);
  const auto axis = static_cast<std::size_t>(op.axis) + 1;
  CopyView view;
  view.extents = to.extents;
  view.output_strides = to.strides;
  view.input_strides = from.strides;
  view.input_offset = op.start * from.strides[axis];
  view.input_strides[axis] *= op.step;
  return std::make_unique<StridedCopy>(request, std::vector<CopyView>{view});
}

}  // namespace showergan::nn::kernel
