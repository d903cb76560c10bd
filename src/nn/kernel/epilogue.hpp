#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

#include "nn/kernel/kernel.hpp"
#include "nn/kernel/onednn.hpp"

namespace showergan::nn::kernel {

/// scale = gamma / sqrt(moving variance + epsilon), shift = beta − scale · moving mean.
/// `parameters` are gamma, beta, moving mean and moving variance.
void inference_scale_shift(const Parameters& values, const std::array<Parameter, 4>& parameters,
                           double epsilon, float* scale, float* shift);

/// Bias, activation and normalisation of a dense layer or convolution, channels innermost: as
/// post-operations of a oneDNN primitive where it can, as passes over memory of our own otherwise.
class EpilogueKernel {
 public:
  /// `channels` results per cell; parameters of the node from index `first` on are bias and
  /// normalisation. A primitive whose output channels are those of several cells one after another
  /// (the positions of a Stacking, the phases of a PhaseKernel) needs the numbers once for each:
  /// `copies`.
  EpilogueKernel(const Request& request, const Epilogue& epilogue, bool bias, std::int64_t channels,
                 std::int64_t copies = 1, std::size_t first = 1);

  /// Output channels that the primitive has: `copies` × `channels`.
  std::int64_t width() const { return width_; }

  /// Post-operations for a result of `rank` axes (2 or 5); nothing if oneDNN cannot do all of it.
  std::optional<dnnl::post_ops> post_operations(std::size_t rank) const;
  /// Appends them to others; false, and perhaps a part of them appended, if oneDNN cannot.
  bool append_to(dnnl::post_ops& operations, std::size_t rank) const;
  /// Adds the post-operations' operands to a primitive that was made with them, with `before`
  /// others before them.
  void bind(BoundPrimitive& primitive, std::size_t rank, int before = 0) const;
  /// Sets their addresses; `prepared` is this epilogue's own part.
  void set(BoundPrimitive& primitive, const std::byte* prepared, int before = 0) const;

  /// Bias, scale, shift and zeros, each `copies` × `channels` floats (bias always there: zeros
  /// without one).
  std::size_t prepared_bytes() const;
  void prepare(const Parameters& parameters, std::byte* prepared) const;
  const float* bias(const std::byte* prepared) const;

  /// The slope below 0 of an activation that is the identity above it; nothing for others.
  std::optional<float> slope() const;
  /// (copies × channels) numbers of the prepared epilogue: 1 and 0 without normalisation.
  const float* scale(const std::byte* prepared) const { return bias(prepared) + width_; }
  const float* shift(const std::byte* prepared) const { return scale(prepared) + width_; }

  /// Applies what the primitive did not: everything, or everything but the bias.
  void apply(float* result, std::int64_t count, const std::byte* prepared, bool with_bias) const;

  /// Turns the gradient of the result into that of what the activation was applied to, in place.
  /// Training only (no normalisation).
  void backward(const float* result, float* gradient, std::int64_t count) const;

  bool reads_output_backward() const { return !epilogue_.activation.is_linear(); }
  /// Whether the sign of an output decides about its derivative.
  bool reads_signs_only() const {
    return epilogue_.activation.function == Function::relu ||
           (epilogue_.activation.function == Function::leaky_relu &&
            epilogue_.activation.alpha > 0);
  }

 private:
  dnnl::memory::desc channel_operand(std::size_t rank) const;

  Epilogue epilogue_;
  std::int64_t channels_;
  std::int64_t width_;  ///< copies × channels
  std::optional<Parameter> bias_;
  std::optional<std::array<Parameter, 4>> normalization_;
};

}  // namespace showergan::nn::kernel
