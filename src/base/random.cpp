#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <Random123/philox.h>

namespace showergan {

CounterRandom::CounterRandom(std::uint64_t seed, RandomPurpose purpose,
                             std::uint32_t stream) noexcept
    : seed_(seed), purpose_(static_cast<std::uint32_t>(purpose) | (stream << 8)) {}

std::array<std::uint32_t, 4> CounterRandom::words(std::uint64_t index,
                                                  std::uint32_t draw) const noexcept {
  r123::Philox4x32 philox;
  const r123::Philox4x32::ctr_type counter = {
      {draw, purpose_, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32)}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto result = philox(counter, key);
  return {result[0], result[1], result[2], result[3]};
}

void CounterRandom::fill_uniform(std::uint64_t index, std::span<float> out) const noexcept {
  std::array<std::uint32_t, 256> block;
  for (std::size_t i = 0; i < out.size(); i += block.size()) {
    const std::span words = std::span(block).first(std::min(block.size(), out.size() - i));
    fill_words(index, static_cast<std::uint32_t>(i / 4), words);
    for (std::size_t j = 0; j < words.size(); ++j) out[i + j] = to_unit_float(words[j]);
  }
}

void CounterRandom::fill_normal(std::uint64_t index, std::span<float> out) const noexcept {
  for (std::size_t i = 0; i < out.size(); i += 4) {
    const auto word = words(index, static_cast<std::uint32_t>(i / 4));
    float normal[4];
    for (std::size_t pair = 0; pair < 2; ++pair) {
      // (word + 0.5) / 2^32 is in (0, 1): the logarithm is finite.
      const double u = (static_cast<double>(word[2 * pair]) + 0.5) * 0x1p-32;
      const double angle =
          2.0 * std::numbers::pi * (static_cast<double>(word[2 * pair + 1]) + 0.5) * 0x1p-32;
      const double radius = std::sqrt(-2.0 * std::log(u));
      normal[2 * pair] = static_cast<float>(radius * std::cos(angle));
      normal[2 * pair + 1] = static_cast<float>(radius * std::sin(angle));
    }
    for (std::size_t j = 0; j < 4 && i + j < out.size(); ++j) out[i + j] = normal[j];
  }
}

}  // namespace showergan
