#pragma once

#include <cstddef>
#include <cstdint>

#include <oneapi/dnnl/dnnl.hpp>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/precision.hpp"

namespace showergan::nn::kernel {

// What oneDNN is told of a convolution: images with the channels innermost, number formats.

dnnl::memory::data_type type_of(Precision precision);

dnnl::memory::dims dims_of(const Triple& triple);

dnnl::memory::desc image(std::int64_t batch, std::int64_t channels, const Triple& extents,
                         dnnl::memory::data_type type);

/// A kernel (out, in, kx, ky, kz) in a layout.
dnnl::memory::desc kernel_desc(const ConvolutionGeometry& geometry, dnnl::memory::format_tag tag,
                               dnnl::memory::data_type type);

/// Numbers of a tensor.
std::int64_t elements_of(const dnnl::memory::desc& description);

/// Numbers of a batch of images that go in and come out.
std::int64_t source_count(const ConvolutionGeometry& geometry);
std::int64_t result_count(const ConvolutionGeometry& geometry);

/// Bytes that a copy in the number format takes; none in float32, which needs no copy.
std::size_t converted_bytes(std::int64_t count, Precision precision);

}  // namespace showergan::nn::kernel
