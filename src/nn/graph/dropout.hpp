#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/random.hpp"
#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// In training every element is kept with probability 1 − rate and divided by it, or set to 0
/// (Srivastava et al., JMLR 15, 2014); in inference nothing happens.
struct Dropout {
  static constexpr std::string_view type = "dropout";
  double rate = 0.5;
  std::uint32_t stream = 0;  ///< which random stream the mask comes from; Graph::add numbers them
};

Shape infer_shape(const Dropout& dropout, std::span<const Shape> inputs);

/// Where the masks of a training step come from: they belong to the shower, not to its place in a
/// batch, so that they do not depend on batch, threads or ranks.
struct DropoutKey {
  std::uint64_t seed = 0;
  /// One index per sample of the batch, never used twice in a training; sample i of the batch takes
  /// `first_index` + i if this is empty.
  std::span<const std::uint64_t> sample_index;
  std::uint64_t first_index = 0;

  std::uint64_t index(std::int64_t sample) const {
    return sample_index.empty() ? first_index + static_cast<std::uint64_t>(sample)
                                : sample_index[static_cast<std::size_t>(sample)];
  }
};

/// Where the words of a layer's masks come from: element i of a sample takes word i of the sample's
/// index.
CounterRandom dropout_random(const Dropout& dropout, std::uint64_t seed);

/// An element is dropped if the upper 24 bits of its word are below this.
std::uint32_t dropout_threshold(const Dropout& dropout);

/// Fills `factors` (one per element of a sample) with 0 or 1 / (1 − rate). The order of the
/// elements is cell by cell with the channels innermost for an image, row by row for everything
/// else.
void dropout_factors(const Dropout& dropout, std::uint64_t seed, std::uint64_t sample_index,
                     std::span<float> factors);

}  // namespace showergan::nn
