#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

struct libdeflate_decompressor;

namespace showergan {

/// Level of gzip compression: shower images are mostly zeros, and higher levels gain little.
inline constexpr unsigned compression_level = 1;

/// A chunk as HDF5's shuffle and deflate filters would store it: all first bytes of the numbers,
/// all second bytes …, as a zlib stream.
std::vector<std::byte> compress_chunk(std::span<const float> numbers);

/// How the bytes of a chunk are stored.
enum class ChunkCoding {
  plain,             ///< the numbers
  deflated,          ///< a zlib stream of them
  shuffled_deflated  ///< as compress_chunk() makes it
};

/// Decodes chunks, one after the other; for use by one thread.
class ChunkDecoder {
 public:
  ChunkDecoder();
  ~ChunkDecoder();
  ChunkDecoder(ChunkDecoder&&) noexcept;
  ChunkDecoder& operator=(ChunkDecoder&&) noexcept;

  /// Whether `stored` was a whole, undamaged chunk of as many numbers as `out` holds; otherwise the
  /// content of `out` is undefined.
  bool decode(std::span<const std::byte> stored, ChunkCoding coding, std::span<float> out);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const noexcept;
  };
  bool inflate(std::span<const std::byte> stored, std::span<std::byte> out);

  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
  std::vector<std::byte> planes_;
};

}  // namespace showergan
