#include "store/checkpoint.hpp"

#include <array>
#include <fstream>
#include <string_view>

#include <fmt/format.h>

#include "base/atomic_file.hpp"
#include "store/checkpoint_bytes.hpp"
#include "store/checkpoint_header.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t format_version = 1;

/// The bytes of a file; the whole of it is read only if it begins as a checkpoint, so that a large
/// file of another kind is refused at once.
std::vector<std::byte> read_bytes(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    const bool missing = !fs::exists(path, error);
    throw InputError(missing ? fmt::format("there is no checkpoint '{}'", path.string())
                             : fmt::format("cannot read the checkpoint '{}'", path.string()));
  }
  if (size < checkpoint_header_size) throw DamagedCheckpoint(path, "it is cut off");
  if (!is_checkpoint(path)) throw DamagedCheckpoint(path, "it does not begin as a checkpoint");
  std::vector<std::byte> bytes(size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file) throw DamagedCheckpoint(path, "it cannot be read to its end");
  return bytes;
}

/// Version, length and checksum; the version last, as any damaged number may look like a newer one.
void check_header(const fs::path& path, const std::vector<std::byte>& bytes) {
  const std::optional<CheckpointHeader> header = read_checkpoint_header(bytes);
  if (!header) throw DamagedCheckpoint(path, "it does not begin as a checkpoint");
  if (header->checksum != checkpoint_checksum(bytes)) {
    const bool cut = bytes.size() < header->size;
    throw DamagedCheckpoint(path, cut ? "it is cut off" : "its checksum does not match");
  }
  if (header->size != bytes.size()) throw DamagedCheckpoint(path, "its length is wrong");
  if (header->version > format_version) {
    throw InputError(
        fmt::format("the checkpoint '{}' was written by a newer version", path.string()),
        fmt::format("format {}; this version knows formats up to {}", header->version,
                    format_version),
        "use the version that wrote it");
  }
}

}  // namespace

DamagedCheckpoint::DamagedCheckpoint(const fs::path& path, std::string reason)
    : InputError(fmt::format("the checkpoint '{}' is damaged", path.string()), reason,
                 "use another one"),
      reason_(std::move(reason)) {}

void write_checkpoint(const fs::path& path, const Checkpoint& checkpoint) {
  std::vector<std::byte> bytes = pack_checkpoint(checkpoint);
  seal_checkpoint(bytes, format_version);
  write_file(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Checkpoint read_checkpoint(const fs::path& path) {
  std::vector<std::byte> bytes = read_bytes(path);
  check_header(path, bytes);
  try {
    return unpack_checkpoint(std::move(bytes));
  } catch (const Error&) {
    throw DamagedCheckpoint(path, "HDF5 cannot read it");
  }
}

bool is_checkpoint(const fs::path& path) noexcept try {
  std::ifstream file(path, std::ios::binary);
  std::array<std::byte, 16> start{};
  file.read(reinterpret_cast<char*>(start.data()), start.size());
  return file && has_checkpoint_mark(start);
} catch (const std::exception&) {
  return false;
}

}  // namespace showergan
