#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/precision.hpp"
#include "nn/kernel/single_filter.hpp"
#include "nn/kernel/stacking.hpp"
#include "nn/kernel/unfolding.hpp"
#include "nn/kernel/winograd.hpp"

namespace showergan::nn::kernel {

/// One of oneDNN's three convolution primitives on images with the channels innermost. Weights are
/// kept in the layout that the primitive prefers; the masters are (out, in, kx, ky, kz). What is
/// multiplied is brought to the number format on the way in; results are float32.
class Convolution {
 public:
  std::size_t weights_bytes() const { return aligned(weights_.get_size()); }

 protected:
  /// Number formats of the input, the kernel and the result, as the primitive sees them.
  struct Formats {
    dnnl::memory::data_type in;
    dnnl::memory::data_type weights;
    dnnl::memory::data_type out;
  };
  Convolution(const ConvolutionGeometry& geometry, const Formats& formats);
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
  /// null: neither bias nor anything else is applied (not in int8). `addition`: the function of an
  /// addition to come, which the primitive does if it can.
  ConvolutionForward(const Stacking& stacking, bool training, const EpilogueKernel* epilogue,
                     const NumberFormat& format = {},
                     const std::optional<Activation>& addition = std::nullopt);

  /// Whether run() adds an image to its results, and applies the addition's function, by itself.
  bool adds() const { return adds_; }

  std::string implementation() const;
  /// Of the weights and, in int8, of what comes with them.
  std::size_t weights_bytes() const;
  /// Masters → the primitive's layout.
  void prepare(const float* master, std::byte* prepared) const;
  std::size_t scratch_bytes() const;
  /// `added`: if adds(), an image like the result.
  void run(const float* in, const std::byte* weights, const std::byte* epilogue, float* out,
           std::byte* scratch, const float* added = nullptr);

 private:
  /// Where the pieces of the scratch memory begin after the primitive's own.
  struct Scratch {
    std::size_t converted;  ///< the image in the number format
    std::size_t unfolded;
    std::size_t factors;  ///< int8: what a result is worth, per output channel
    std::size_t stacked;  ///< results in blocks
    std::size_t total;
  };

  bool is_int8() const { return format_.precision == Precision::int8; }
  /// int8: a number per output channel, such as the step of its weights; these steps are kept
  /// behind the weights, and behind them what the shifted zero of the input adds to each result.
  std::size_t factors_bytes() const;
  void prepare_int8(const float* master, std::byte* prepared) const;
  /// Post-operations that come before the epilogue's.
  int operations_before() const { return is_int8() ? 3 : 0; }
  Scratch scratch() const;
  /// Whether the primitive's results are the layer's, in the layer's order.
  bool may_add() const;
  dnnl::post_ops post_operations() const;
  /// The argument that is the image to add.
  int addition_argument() const;
  std::vector<float> primitive_kernel(const float* master) const;
  /// One call of the primitive; int8 images are taken one by one, each with its own step.
  void run_call(const float* in, const std::byte* weights, const std::byte* epilogue, float* out,
                std::byte* scratch, const float* added);
  const void* operand(const float* in, const std::byte* weights, std::byte* scratch);

  NumberFormat format_;
  Stacking stacking_;
  std::optional<Unfolding> unfolding_;
  const EpilogueKernel* epilogue_;
  std::optional<Activation> addition_;  ///< the function of an addition
  bool fused_ = false;                  ///< the epilogue into the primitive
  bool adds_ = false;                   ///< … and the addition
  int added_argument_ = 0;
  std::int64_t calls_ = 1;
  std::int64_t in_count_;             ///< of a call
  std::int64_t out_count_;            ///< of a call, not stacked
  std::int64_t channels_;             ///< output channels of the primitive
  std::vector<float> input_factors_;  ///< int8: per input channel
  std::vector<float> step_factors_;   ///< the same for the image at hand: steps per unit
};

/// in_gradient = Wᵀ ∗ out_gradient, by oneDNN's primitive for it, or as the convolution with the
/// mirrored kernel that it is, where the convolution has one input channel (SingleFilter, in
/// float32), a handful of channels (WinogradConvolution), or so few that stacking is worth while.
class ConvolutionBackwardData {
 public:
  explicit ConvolutionBackwardData(const ConvolutionGeometry& geometry,
                                   const NumberFormat& format = {});

  std::size_t weights_bytes() const;
  void prepare(const float* master, std::byte* prepared) const;
  std::string implementation() const;
  std::size_t scratch_bytes() const;
  void run(const float* out_gradient, const std::byte* weights, float* in_gradient,
           std::byte* scratch);

 private:
  class Primitive : public Convolution {
   public:
    Primitive(const ConvolutionGeometry& geometry, Precision precision);

    const std::string& implementation() const { return implementation_; }
    void prepare(const float* master, std::byte* prepared) const {
      reorder_weights(master, prepared);
    }
    std::size_t scratch_bytes() const;
    void run(const float* out_gradient, const std::byte* weights, float* in_gradient,
             std::byte* scratch);

   private:
    Precision precision_;
    std::int64_t out_count_;
  };

  /// use(the one of the four that there is), but for its run().
  template <class Use>
  auto visit(Use&& use) const {
    if (single_) return use(*single_);
    if (winograd_) return use(*winograd_);
    return mirrored_ ? use(*mirrored_) : use(*primitive_);
  }

  ConvolutionGeometry geometry_;
  std::optional<SingleFilter> single_;  ///< one of the four
  std::optional<WinogradConvolution> winograd_;
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
  ConvolutionBackwardWeights(const ConvolutionGeometry& geometry, bool bias,
                             const NumberFormat& format = {});

  std::string implementation() const;
  std::size_t scratch_bytes() const;
  /// `bias_gradient` may be null if made without bias.
  void run(const float* in, const float* out_gradient, float* kernel_gradient, float* bias_gradient,
           std::byte* scratch);

 private:
  /// Where the pieces of the scratch memory begin after the primitive's own.
  struct Scratch {
    std::size_t gradient;   ///< in the primitive's layout
    std::size_t master;     ///< in the masters'
    std::size_t bias;       ///< gradient of the bias
    std::size_t stacked;    ///< gradient of the results, in blocks
    std::size_t converted;  ///< the primitive's two images in the number format
    std::size_t total;
  };

  /// float32 where oneDNN's bf16 is not to be trusted.
  static Precision usable_precision(const ConvolutionGeometry& geometry, Precision wanted);
  static std::optional<Stacking> best_stacking(const ConvolutionGeometry& geometry,
                                               Precision precision);
  ConvolutionBackwardWeights(const ConvolutionGeometry& geometry,
                             const std::optional<Stacking>& stacking, bool bias,
                             Precision precision);
  bool mirrored() const { return !stacking_; }
  std::size_t image_bytes() const { return stacking_ ? stacking_->image_bytes() : 0; }
  Scratch scratch() const;

  Precision precision_;
  ConvolutionGeometry geometry_;
  std::optional<Stacking> stacking_;  ///< none: mirrored
  bool has_bias_;
  Reorder to_master_;
  std::vector<double> bias_sums_;  ///< if mirrored: then oneDNN gives no gradient of the bias
};

}  // namespace showergan::nn::kernel
