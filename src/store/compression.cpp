#include "store/compression.hpp"

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

}  // namespace showergan
