#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {

std::unique_ptr<Kernel> kernel_for(const Cropping& op, const Request& request) {
  const Layout from =
      physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
  const Layout to = physical_layout(request.node.shape, request.batch);
  CopyView view;
  view.extents = to.extents;
  view.output_strides = to.strides;
  view.input_strides = from.strides;
  for (std::size_t i = 0; i < 3; ++i) view.input_offset += op.cells.before[i] * from.strides[i + 2];
  return std::make_unique<StridedCopy>(request, std::vector<CopyView>{view});
}

}  // namespace showergan::nn::kernel
