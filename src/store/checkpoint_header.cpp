#include "store/checkpoint_header.hpp"

#include <algorithm>
#include <string_view>

#include <libdeflate.h>

#include "base/contract.hpp"

namespace showergan {
namespace {

constexpr std::string_view mark = "ShowerGAN state\n";
constexpr std::size_t version_offset = 16;
constexpr std::size_t checksum_offset = 20;
constexpr std::size_t size_offset = 24;
constexpr std::size_t fields_end = 32;
static_assert(mark.size() == version_offset && fields_end <= checkpoint_header_size);

/// Numbers are stored with the lowest byte first, as in the HDF5 part.
template <typename Number>
void put(std::span<std::byte> file, std::size_t offset, Number number) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    file[offset + i] = static_cast<std::byte>((number >> (8 * i)) & 0xFF);
  }
}

template <typename Number>
Number get(std::span<const std::byte> file, std::size_t offset) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    number |= static_cast<Number>(std::to_integer<Number>(file[offset + i]) << (8 * i));
  }
  return number;
}

}  // namespace

bool has_checkpoint_mark(std::span<const std::byte> start) noexcept {
  const std::span<const std::byte> expected = std::as_bytes(std::span(mark));
  return start.size() >= mark.size() && std::equal(expected.begin(), expected.end(), start.begin());
}

std::optional<CheckpointHeader> read_checkpoint_header(std::span<const std::byte> file) noexcept {
  if (file.size() < checkpoint_header_size || !has_checkpoint_mark(file)) return std::nullopt;
  return CheckpointHeader{get<std::uint32_t>(file, version_offset),
                          get<std::uint32_t>(file, checksum_offset),
                          get<std::uint64_t>(file, size_offset)};
}

void seal_checkpoint(std::span<std::byte> file, std::uint32_t version) noexcept {
  SHOWERGAN_EXPECT(file.size() >= checkpoint_header_size);
  const std::span<const std::byte> bytes = std::as_bytes(std::span(mark));
  std::copy(bytes.begin(), bytes.end(), file.begin());
  put(file, version_offset, version);
  put(file, size_offset, static_cast<std::uint64_t>(file.size()));
  put(file, checksum_offset, checkpoint_checksum(file));
}

std::uint32_t checkpoint_checksum(std::span<const std::byte> file) noexcept {
  const std::uint32_t start = libdeflate_crc32(0, file.data(), checksum_offset);
  return libdeflate_crc32(start, file.data() + size_offset, file.size() - size_offset);
}

}  // namespace showergan
