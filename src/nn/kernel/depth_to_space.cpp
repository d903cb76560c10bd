#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/strided_copy.hpp"

namespace showergan::nn::kernel {

std::unique_ptr<Kernel> kernel_for(const DepthToSpace& op, const Request& request) {
  const Layout from =
      physical_layout(request.input_shape(0), request.batch, request.input_is_constant(0));
  const Layout to = physical_layout(request.node.shape, request.batch);
  const std::int64_t channels = request.node.shape[0];
  // Input channel ((i·by + j)·bz + k)·C + c: four axes hidden in one.
  const Triple phase_stride{op.block[1] * op.block[2] * channels, op.block[2] * channels, channels};
  CopyView view;
  view.extents = {from.extents[0], channels};
  view.input_strides = {from.strides[0], from.strides[1]};
  view.output_strides = {to.strides[0], to.strides[1]};
  for (std::size_t i = 0; i < 3; ++i) {
    view.extents.insert(view.extents.end(), {from.extents[i + 2], op.block[i]});
    view.input_strides.insert(view.input_strides.end(),
                              {from.strides[i + 2], phase_stride[i] * from.strides[1]});
    view.output_strides.insert(view.output_strides.end(),
                               {to.strides[i + 2] * op.block[i], to.strides[i + 2]});
  }
  return std::make_unique<StridedCopy>(request, std::vector<CopyView>{view});
}

}  // namespace showergan::nn::kernel
