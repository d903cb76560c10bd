#include "nn/kernel/convolution.hpp"

#include "nn/kernel/convolution_description.hpp"

namespace showergan::nn::kernel {

using dnnl::memory;

Convolution::Convolution(const ConvolutionGeometry& g, const Formats& formats)
    : in_(image(g.batch, g.in_channels, g.in, formats.in)),
      out_(image(g.batch, g.out_channels, g.out, formats.out)),
      any_weights_(kernel_desc(g, memory::format_tag::any, formats.weights)),
      master_weights_(kernel_desc(g, memory::format_tag::oidhw, memory::data_type::f32)),
      bias_({g.out_channels}, memory::data_type::f32, memory::format_tag::a),
      stride_(dims_of(g.stride)),
      before_(dims_of(g.padding.before)),
      after_(dims_of(g.padding.after)) {}

void Convolution::reorder_weights(const float* master, std::byte* prepared) const {
  Reorder(master_weights_, weights_).run(master, prepared);
}

}  // namespace showergan::nn::kernel
