#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "showergan/error.hpp"

namespace showergan {

/// State of a training: everything that is needed to go on. A '/' in a name makes groups of the
/// HDF5 file; a name is not empty, has no empty part, and none that is "." or "..".
struct Checkpoint {
  std::map<std::string, std::vector<float>> arrays;  ///< "generator/optimizer/squares"
  std::map<std::string, std::int64_t> counters;      ///< "step"
  std::map<std::string, double> numbers;             ///< bit for bit, NaN included
  std::map<std::string, std::string> texts;          ///< "recipe"; any length, UTF-8
};

/// A checkpoint that is not, byte for byte, what write_checkpoint wrote.
class DamagedCheckpoint : public InputError {
 public:
  DamagedCheckpoint(const std::filesystem::path& path, std::string reason);

  /// Why, as part of a sentence: "its checksum does not match".
  const std::string& reason() const noexcept { return reason_; }

 private:
  std::string reason_;
};

/// Writes a checkpoint: the file appears, or replaces another, when it is complete and on the disk.
///
/// The file is HDF5 with groups `arrays`, `counters`, `numbers` and `texts`, behind a user block of
/// 512 bytes with version, length and a CRC-32 of all other bytes; the same checkpoint gives the
/// same bytes. Throws as AtomicFile, and Error if the disk is full.
void write_checkpoint(const std::filesystem::path& path, const Checkpoint& checkpoint);

/// Reads a checkpoint. HDF5 sees the bytes only after the checksum was found right. Throws
/// DamagedCheckpoint for a file that is damaged, truncated or no checkpoint, and InputError for one
/// that is missing or was written by a newer version.
Checkpoint read_checkpoint(const std::filesystem::path& path);

/// Whether a file begins as a checkpoint does; reads a few bytes of it and does not throw.
bool is_checkpoint(const std::filesystem::path& path) noexcept;

}  // namespace showergan
