#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace showergan {

/// Level of gzip compression: shower images are mostly zeros, and higher levels gain little.
inline constexpr unsigned compression_level = 1;

/// A chunk as HDF5's shuffle and deflate filters would store it: all first bytes of the numbers,
/// all second bytes …, as a zlib stream.
std::vector<std::byte> compress_chunk(std::span<const float> numbers);

}  // namespace showergan
