#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {

std::unique_ptr<Kernel> kernel_for(const Concatenate& op, const Request& request) {
  const Layout to = physical_layout(request.node.shape, request.batch);
  const auto axis = static_cast<std::size_t>(op.axis) + 1;
  std::vector<CopyView> views;
  std::int64_t position = 0;
  for (std::size_t i = 0; i < request.node.inputs.size(); ++i) {
    const Layout from =
        physical_layout(request.input_shape(i), request.batch, request.input_is_constant(i));
    CopyView view;
    view.input = i;
    view.extents = from.extents;
    view.input_strides = from.strides;
    view.output_strides = to.strides;
    view.output_offset = position * to.strides[axis];
    position += from.extents[axis];
    views.push_back(view);
  }
  return std::make_unique<StridedCopy>(request, std::move(views));
}

}  // namespace showergan::nn::kernel
