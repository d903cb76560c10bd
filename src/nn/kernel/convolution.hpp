#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/stacking.hpp"

namespace showergan::nn::kernel {

/// One of oneDNN's three convolution primitives on images with the channels innermost. Weights are
/// kept in the layout that the primitive prefers; the masters are (out, in, kx, ky, kz).
class Convolution {
 public:
  std::size_t weights_bytes() const { return aligned(weights_.get_size()); }

 protected:
  explicit Convolution(const ConvolutionGeometry& geometry);
  /// (out, in, kx, ky, kz) → the primitive's layout.
  void reorder_weights(const float* kernel, std::byte* prepared) const;

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
  /// `epilogue` is as wide as the stacked convolution has output channels: its numbers once per
  /// position of the stacking, whose plain convolution may itself be of several copies. It may be
  /// null: neither bias nor anything else is applied.
  ConvolutionForward(const Stacking& stacking, bool training, const EpilogueKernel* epilogue);

  std::string implementation() const { return stacking_.describe(implementation_); }
  /// Masters → the primitive's layout.
  void prepare(const float* master, std::byte* prepared) const;
  std::size_t scratch_bytes() const;
  void run(const float* in, const std::byte* weights, const std::byte* epilogue, float* out,
           std::byte* scratch);

 private:
  Stacking stacking_;
  const EpilogueKernel* epilogue_;
  bool fused_ = false;
  std::int64_t out_count_;
};

/// in_gradient = Wᵀ ∗ out_gradient, by oneDNN's primitive for it, or, where the convolution's few
/// input channels make stacking worth while, as the convolution with the mirrored kernel that it
/// is.
class ConvolutionBackwardData {
 public:
  explicit ConvolutionBackwardData(const ConvolutionGeometry& geometry);

  std::size_t weights_bytes() const;
  void prepare(const float* master, std::byte* prepared) const;
  std::string implementation() const;
  std::size_t scratch_bytes() const;
  void run(const float* out_gradient, const std::byte* weights, float* in_gradient,
           std::byte* scratch);

 private:
  class Primitive : public Convolution {
   public:
    explicit Primitive(const ConvolutionGeometry& geometry);

    const std::string& implementation() const { return implementation_; }
    void prepare(const float* master, std::byte* prepared) const {
      reorder_weights(master, prepared);
    }
    std::size_t scratch_bytes() const { return scratchpad_bytes_; }
    void run(const float* out_gradient, const std::byte* weights, float* in_gradient,
             std::byte* scratch);
  };

  ConvolutionGeometry geometry_;
  std::optional<ConvolutionForward> mirrored_;
  std::optional<Primitive> primitive_;
};

/// Gradient of the kernel (and of the bias), added to the masters' gradients. Vector lanes run over
/// the filters, or, where that takes fewer operations, over the filters of a block of results or
/// over the input channels: input and gradient of the result change places, and the gradient of the
/// mirrored kernel comes out. Neither is used where oneDNN has only a matrix product over unrolled
/// images for it.
class ConvolutionBackwardWeights : public Convolution {
 public:
  ConvolutionBackwardWeights(const ConvolutionGeometry& geometry, bool bias);

  std::string implementation() const;
  std::size_t scratch_bytes() const;
  /// `bias_gradient` may be null if made without bias.
  void run(const float* in, const float* out_gradient, float* kernel_gradient, float* bias_gradient,
           std::byte* scratch);

 private:
  static std::optional<Stacking> best_stacking(const ConvolutionGeometry& geometry);
  ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                             const std::optional<Stacking>& stacking, bool bias);
  bool mirrored() const { return !stacking_; }
  std::size_t image_bytes() const { return stacking_ ? stacking_->image_bytes() : 0; }

  ConvolutionGeometry geometry_;
  std::optional<Stacking> stacking_;  ///< none: mirrored
  bool has_bias_;
  Reorder to_master_;
  std::vector<double> bias_sums_;  ///< if mirrored: then oneDNN gives no gradient of the bias
};

}  // namespace showergan::nn::kernel
