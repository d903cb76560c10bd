#include "nn/kernel/convolution_description.hpp"

#include "nn/kernel/onednn.hpp"

namespace showergan::nn::kernel {

using dnnl::memory;

memory::data_type type_of(Precision precision) {
  switch (precision) {
    case Precision::f32:
      return memory::data_type::f32;
    case Precision::bf16:
      return memory::data_type::bf16;
    case Precision::int8:
      return memory::data_type::u8;
  }
  return memory::data_type::f32;
}

memory::dims dims_of(const Triple& triple) {
  return {triple[0], triple[1], triple[2]};
}

memory::desc image(std::int64_t batch, std::int64_t channels, const Triple& extents,
                   memory::data_type type) {
  return {{batch, channels, extents[0], extents[1], extents[2]}, type, memory::format_tag::ndhwc};
}

memory::desc kernel_desc(const ConvolutionGeometry& g, memory::format_tag tag,
                         memory::data_type type) {
  return {{g.out_channels, g.in_channels, g.kernel[0], g.kernel[1], g.kernel[2]}, type, tag};
}

std::int64_t elements_of(const memory::desc& description) {
  std::int64_t count = 1;
  for (const std::int64_t extent : description.dims()) count *= extent;
  return count;
}

std::int64_t source_count(const ConvolutionGeometry& g) {
  return g.batch * g.in_channels * g.in[0] * g.in[1] * g.in[2];
}

std::int64_t result_count(const ConvolutionGeometry& g) {
  return g.batch * g.out_channels * g.out[0] * g.out[1] * g.out[2];
}

std::size_t converted_bytes(std::int64_t count, Precision precision) {
  if (precision == Precision::f32) return 0;
  return aligned(static_cast<std::size_t>(count) * bytes_of(precision));
}

}  // namespace showergan::nn::kernel
