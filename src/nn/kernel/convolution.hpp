#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <oneapi/dnnl/dnnl.hpp>

#include "nn/graph/conv3d.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/onednn.hpp"

namespace showergan::nn::kernel {

/// Extents of a convolution from `in` to `out`; a transposed convolution is the same map backwards.
struct ConvolutionGeometry {
  std::int64_t batch = 1;
  std::int64_t in_channels = 1;
  std::int64_t out_channels = 1;
  Triple in{1, 1, 1};
  Triple out{1, 1, 1};
  Triple kernel{1, 1, 1};
  Triple stride{1, 1, 1};
  Padding padding;
};

/// One of oneDNN's three convolution primitives on images with the channels innermost. Weights are
/// kept in the layout that the primitive prefers; the masters are (out, in, kx, ky, kz).
class Convolution {
 public:
  std::size_t weights_bytes() const { return aligned(weights_.get_size()); }
  /// Masters → the primitive's layout.
  void prepare(const float* master, std::byte* prepared) const;
  const std::string& implementation() const { return implementation_; }

 protected:
  explicit Convolution(const ConvolutionGeometry& geometry);

  dnnl::memory::desc in_;
  dnnl::memory::desc out_;
  dnnl::memory::desc any_weights_;
  dnnl::memory::desc master_weights_;
  dnnl::memory::desc weights_;
  dnnl::memory::desc bias_;
  dnnl::memory::dims stride_;
  dnnl::memory::dims before_;
  dnnl::memory::dims after_;
  std::string implementation_;
  BoundPrimitive primitive_;
  std::size_t scratchpad_bytes_ = 0;
};

/// out = W ∗ in, with bias and epilogue where oneDNN can fuse them.
class ConvolutionForward : public Convolution {
 public:
  /// `epilogue` may be null: neither bias nor anything else is applied.
  ConvolutionForward(const ConvolutionGeometry& geometry, bool training,
                     const EpilogueKernel* epilogue);

  std::size_t scratch_bytes() const { return scratchpad_bytes_; }
  void run(const float* in, const std::byte* weights, const std::byte* epilogue, float* out,
           std::byte* scratch);

 private:
  const EpilogueKernel* epilogue_;
  bool fused_ = false;
  std::int64_t out_count_;
};

/// in_gradient = Wᵀ ∗ out_gradient.
class ConvolutionBackwardData : public Convolution {
 public:
  explicit ConvolutionBackwardData(const ConvolutionGeometry& geometry);

  std::size_t scratch_bytes() const { return scratchpad_bytes_; }
  void run(const float* out_gradient, const std::byte* weights, float* in_gradient,
           std::byte* scratch);
};

/// Gradient of the kernel (and of the bias), added to the masters' gradients.
class ConvolutionBackwardWeights : public Convolution {
 public:
  ConvolutionBackwardWeights(const ConvolutionGeometry& geometry, bool bias);

  std::size_t scratch_bytes() const;
  /// `bias_gradient` may be null if made without bias.
  void run(const float* in, const float* out_gradient, float* kernel_gradient, float* bias_gradient,
           std::byte* scratch);

 private:
  Reorder to_master_;
  bool has_bias_;
  std::int64_t kernel_count_;
  std::int64_t bias_count_;
};

}  // namespace showergan::nn::kernel
