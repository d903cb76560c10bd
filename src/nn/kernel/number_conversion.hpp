#pragma once

#include <cstdint>
#include <span>

namespace showergan::nn::kernel {

// Conversions to the number formats of lower precision (Highway, dispatched at run time).
// "Factors" are one per channel, channels innermost: element i belongs to channel i % channels.

/// bfloat16, the nearest; among two equally near the even one. NaN stays NaN.
void to_bf16(const float* from, std::uint16_t* to, std::int64_t count);

/// Largest |x[i] · factor|; NaN if one of them is NaN or infinite.
float largest_magnitude(const float* x, std::span<const float> factors, std::int64_t count);

/// Steps of eight bits: symmetric around `zero_step`.
inline constexpr float largest_step = 127;
inline constexpr std::int32_t zero_step = 128;

/// zero_step + the nearest whole number to x · factor, cut to ±largest_step. NaN becomes some step.
void to_steps(const float* x, std::span<const float> factors, std::uint8_t* to, std::int64_t count);

}  // namespace showergan::nn::kernel
