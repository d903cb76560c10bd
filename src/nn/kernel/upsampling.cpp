#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {

std::unique_ptr<Kernel> kernel_for(const Upsampling& op, const Request& request) {
  const Layout from =
      physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
  const Layout to = physical_layout(request.node.shape, request.batch);
  CopyView view;
  view.extents = {from.extents[0], from.extents[1]};
  view.input_strides = {from.strides[0], from.strides[1]};
  view.output_strides = {to.strides[0], to.strides[1]};
  for (std::size_t i = 0; i < 3; ++i) {  // a cell, and its repetitions
    view.extents.insert(view.extents.end(), {from.extents[i + 2], op.factor[i]});
    view.input_strides.insert(view.input_strides.end(), {from.strides[i + 2], 0});
    view.output_strides.insert(view.output_strides.end(),
                               {to.strides[i + 2] * op.factor[i], to.strides[i + 2]});
  }
  return std::make_unique<StridedCopy>(request, std::vector<CopyView>{view});
}

}  // namespace showergan::nn::kernel
