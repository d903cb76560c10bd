#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "showergan/condition.hpp"

#include "generate/generator_model.hpp"

namespace showergan::gan {

/// What int8 does to a layer while all others run in bf16.
struct QuantizedLayer {
  std::string name;
  nn::InputRange range;  ///< of its input, chosen
  double balance = 0;    ///< exponent of the channels' magnitudes that gave range.channels
  double error = 0;      ///< of the showers: relative L2 distance from float32, root mean square
  bool kept = true;      ///< quantised in the end; false: left in higher precision for the physics
};

/// How far the showers of the quantised model are from those of float32, at the same conditions and
/// noise; defined like the metrics of these names (physics/metric), on whole sets.
struct QuantizationError {
  double sampling_fraction_mre = 0;
  double profile_z_mean = 0;
  double profile_x_mean = 0;
  double shower = 0;  ///< relative L2 distance of a shower, root mean square
};

struct QuantizationLimits {
  double sampling_fraction_mre = 0.005;
  double profile_mean = 0.01;
};

struct Quantization {
  std::vector<QuantizedLayer> layers;
  QuantizationError error;
  QuantizationError
      unquantized;  ///< with every layer in bf16 (float32 without instructions for it)
};

/// Calibrates a generator for int8: chooses, for each convolution of the lowered graph but the last
/// and those composed with a dense layer, the range of its input with the least error of the
/// showers, quantises all, and takes back the one with the largest error until the limits hold. The
/// result is put into model.card.quantization.
///
/// Steps of the activations follow each shower's own largest magnitude (see nn::InputRange); what
/// is calibrated is how much of it the 127 steps span, and how far the channels are brought to
/// equal size, at the cost of their weights (Xiao et al., SmoothQuant, arXiv:2211.10438). Weights
/// have steps per output channel.
///
/// The noise is that of seed 1. `progress(done, all)` is called every few showers and may throw to
/// stop; `all` is the number of showers to make at least. Throws InputError if there are no
/// conditions or an energy is not positive, Error if this processor has no instructions for int8,
/// if there is no such layer, or if none can be quantised within the limits.
Quantization quantize(GeneratorModel& model, std::span<const Condition> conditions,
                      const QuantizationLimits& limits, int threads,
                      const std::function<void(std::int64_t, std::int64_t)>& progress);

}  // namespace showergan::gan
