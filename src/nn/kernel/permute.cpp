#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {

std::unique_ptr<Kernel> kernel_for(const Permute& op, const Request& request) {
  const Layout from =
      physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
  const Layout to = physical_layout(request.node.shape, request.batch);
  CopyView view;
  view.extents = to.extents;
  view.output_strides = to.strides;
  view.input_strides = {from.strides[0]};
  for (const std::int64_t axis : op.axes) {
    view.input_strides.push_back(from.strides[static_cast<std::size_t>(axis) + 1]);
  }
  return std::make_unique<StridedCopy>(request, std::vector<CopyView>{view});
}

}  // namespace showergan::nn::kernel
