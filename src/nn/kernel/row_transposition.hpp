#pragma once

#include <cstdint>

namespace showergan::nn::kernel {

// Rows of an image between channels innermost, as everywhere in a plan, and each channel along
// memory, `stride` floats apart, for kernels whose vectors run along the cells.

/// (cells, channels) → (channels, stride); what lies between the channels stays.
void channels_apart(const float* row, std::int64_t cells, std::int64_t channels,
                    std::int64_t stride, float* to);

/// (channels, stride) → (cells, channels).
void channels_together(const float* channels_apart, std::int64_t stride, std::int64_t cells,
                       std::int64_t channels, float* row);

}  // namespace showergan::nn::kernel
