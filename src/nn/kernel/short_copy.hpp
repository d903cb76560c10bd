#pragma once

#include <cstddef>
#include <cstring>

namespace showergan::nn::kernel {

/// Copies a few dozen bytes that do not overlap, in place of a call of memcpy, which takes as long
/// as such a copy itself.
inline void short_copy(void* to, const void* from, std::size_t bytes) {
  constexpr std::size_t piece = 16;
  auto* target = static_cast<std::byte*>(to);
  const auto* source = static_cast<const std::byte*>(from);
  if (bytes < piece) {
    for (std::size_t i = 0; i < bytes; ++i) target[i] = source[i];
    return;
  }
  std::size_t at = 0;
  for (; at + piece <= bytes; at += piece) std::memcpy(target + at, source + at, piece);
  // The last piece may overlap the one before it.
  if (at < bytes) std::memcpy(target + bytes - piece, source + bytes - piece, piece);
}

}  // namespace showergan::nn::kernel
