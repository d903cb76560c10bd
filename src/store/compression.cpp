#include "store/compression.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

#include <libdeflate.h>

namespace showergan {
namespace {

std::vector<std::byte> shuffle(std::span<const float> numbers) {
  const std::span<const std::byte> in = std::as_bytes(numbers);
  const std::size_t count = numbers.size();
  std::vector<std::byte> out(in.size());
  for (std::size_t b = 0; b < sizeof(float); ++b) {
    std::byte* plane = out.data() + b * count;
    for (std::size_t i = 0; i < count; ++i) plane[i] = in[i * sizeof(float) + b];
  }
  return out;
}

void unshuffle(std::span<const std::byte> planes, std::span<float> out) {
  const std::size_t count = out.size();
  const auto byte = [&](std::size_t plane, std::size_t i) {
    return static_cast<std::uint32_t>(planes[plane * count + i]);
  };
  for (std::size_t i = 0; i < count; ++i) {
    // The file is little-endian.
    out[i] =
        std::bit_cast<float>(byte(0, i) | byte(1, i) << 8 | byte(2, i) << 16 | byte(3, i) << 24);
  }
}

}  // namespace

std::vector<std::byte> compress_chunk(std::span<const float> numbers) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(static_cast<int>(compression_level)), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  const std::vector<std::byte> bytes = shuffle(numbers);
  std::vector<std::byte> packed(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()));
  packed.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(),
                                         packed.data(), packed.size()));
  return packed;
}

void ChunkDecoder::Free::operator()(libdeflate_decompressor* decompressor) const noexcept {
  libdeflate_free_decompressor(decompressor);
}

ChunkDecoder::ChunkDecoder() : decompressor_(libdeflate_alloc_decompressor()) {
  if (!decompressor_) throw std::bad_alloc();
}

ChunkDecoder::~ChunkDecoder() = default;
ChunkDecoder::ChunkDecoder(ChunkDecoder&&) noexcept = default;
ChunkDecoder& ChunkDecoder::operator=(ChunkDecoder&&) noexcept = default;

bool ChunkDecoder::inflate(std::span<const std::byte> stored, std::span<std::byte> out) {
  // Without a place for the length a stream of any other length is an error.
  return libdeflate_zlib_decompress(decompressor_.get(), stored.data(), stored.size(), out.data(),
                                    out.size(), nullptr) == LIBDEFLATE_SUCCESS;
}

bool ChunkDecoder::decode(std::span<const std::byte> stored, ChunkCoding coding,
                          std::span<float> out) {
  switch (coding) {
    case ChunkCoding::plain:
      if (stored.size() != out.size_bytes()) return false;
      std::memcpy(out.data(), stored.data(), stored.size());
      return true;
    case ChunkCoding::deflated:
      return inflate(stored, std::as_writable_bytes(out));
    case ChunkCoding::shuffled_deflated:
      planes_.resize(out.size_bytes());
      if (!inflate(stored, planes_)) return false;
      unshuffle(planes_, out);
      return true;
  }
  return false;
}

}  // namespace showergan
