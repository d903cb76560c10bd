#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace showergan {

/// What a random number is for. Part of the counter, so streams of different purpose never overlap.
enum class RandomPurpose : std::uint32_t {
  noise = 1,        ///< the generator's latent numbers
  condition = 2,    ///< primary energies and angles drawn from a range
  dropout = 3,      ///< masks; the stream within the purpose is the layer
  initial = 4,      ///< initial weights; the stream within the purpose is the parameter
  split = 5,        ///< which showers are for validation; the index is the row over all files
  shuffle = 6,      ///< the order of an epoch; the streams are of shards and of rows in a shard
  symmetry = 7,     ///< augmentation by the symmetries of the square
  label = 8,        ///< labels that are wrong on purpose in adversarial training
  monte_carlo = 9,  ///< the embedded Monte Carlo; the index is the shower
  resampling = 10,  ///< which showers enter a statistical sample of a comparison
  spreading = 11,   ///< what stands for numbers that many showers have in common
};

/// Counter-based random numbers (Philox 4x32-10; Salmon et al., SC'11,
/// doi:10.1145/2063384.2063405).
///
/// key = seed, counter = (purpose and stream, index, draw). A number depends on nothing else: not
/// on the batch, the thread or the rank, so shower 17 of seed 1 is the same shower everywhere.
class CounterRandom {
 public:
  /// `stream` (below 2^24) separates uses of one purpose, such as the layers that drop out.
  CounterRandom(std::uint64_t seed, RandomPurpose purpose, std::uint32_t stream = 0) noexcept;

  /// Four independent 32-bit words for draw number `draw` of `index` (a shower's global number).
  std::array<std::uint32_t, 4> words(std::uint64_t index, std::uint32_t draw) const noexcept;

  /// The words of draws `first_draw`, `first_draw` + 1, …, one after another; several draws at once
  /// in vector registers. Any number of words: of the last draw only the first ones may be asked
  /// for. After draw 2^32 − 1 comes draw 0.
  void fill_words(std::uint64_t index, std::uint32_t first_draw,
                  std::span<std::uint32_t> out) const noexcept;

  /// Uniform in [0, 1) with 24 bits; element `i` is word i % 4 of draw i / 4.
  void fill_uniform(std::uint64_t index, std::span<float> out) const noexcept;

  /// Standard normal numbers (Box–Muller on pairs of words; every value is finite).
  void fill_normal(std::uint64_t index, std::span<float> out) const noexcept;

 private:
  std::uint64_t seed_;
  std::uint32_t purpose_;
};

/// Uniform float in [0, 1) from the upper 24 bits.
inline float to_unit_float(std::uint32_t word) noexcept {
  return static_cast<float>(word >> 8) * 0x1p-24f;
}

}  // namespace showergan
