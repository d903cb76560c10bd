#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace showergan::nn::kernel {

/// One of the sums of a WinogradConvolution, for a row of results: over taps along x and y (the
/// rows), channels and taps along z. A word is a number in float32 and a pair of channels in bf16.
struct WinogradSum {
  std::span<const std::byte* const> rows;
  const std::byte* weights;  ///< words (rows, channel words, z taps, filters)
  std::int64_t channel_words;
  std::int64_t row_length;  ///< words from one channel word to the next
  std::int64_t z_taps;
  std::int64_t filters;  ///< 2, 4, 6 or 8
  std::int64_t length;   ///< results along z, a multiple of 16
  float* sums;           ///< (filters, length)
};

/// bf16, in instructions that our Highway does not know. Only where has_instructions(bf16).
void run_bf16_sum(const WinogradSum& sum);

}  // namespace showergan::nn::kernel
