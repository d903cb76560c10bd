#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace showergan {

/// Bytes in front of the HDF5 part of a checkpoint: HDF5's smallest user block.
inline constexpr std::size_t checkpoint_header_size = 512;

/// What the bytes in front of a checkpoint say about it.
struct CheckpointHeader {
  std::uint32_t version = 0;
  std::uint32_t checksum = 0;  ///< CRC-32 of all bytes of the file but its own four
  std::uint64_t size = 0;      ///< of the file, bytes
};

/// Whether a file that starts with these bytes (16 at least) is a checkpoint.
bool has_checkpoint_mark(std::span<const std::byte> start) noexcept;

/// The header of a file's first bytes; none if they are no checkpoint's.
std::optional<CheckpointHeader> read_checkpoint_header(std::span<const std::byte> file) noexcept;

/// Writes mark, version, size and checksum into the first bytes of a complete file.
void seal_checkpoint(std::span<std::byte> file, std::uint32_t version) noexcept;

/// The checksum that the header of these bytes, a complete file, must have.
std::uint32_t checkpoint_checksum(std::span<const std::byte> file) noexcept;

}  // namespace showergan
