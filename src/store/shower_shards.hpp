#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/shower_reader.hpp"

namespace showergan {

/// Consecutive showers of one file.
struct Shard {
  std::size_t file = 0;
  std::int64_t first = 0;         ///< row in the file
  std::int64_t count = 0;         ///< rows
  std::int64_t first_global = 0;  ///< row over all files, in the order in which they were given
};

/// Files of showers of one kind as one list of shards: the rows of a chunk, or about 4 MiB of rows
/// where a file has no chunks. The cut depends on the files only.
class ShowerShards {
 public:
  /// Throws InputError for a file that cannot be read, is given twice, or is of another grid,
  /// layout or with other angles than the first.
  explicit ShowerShards(const std::vector<std::filesystem::path>& files);

  const std::vector<Shard>& shards() const noexcept { return shards_; }
  std::int64_t size() const noexcept { return size_; }  ///< showers in all files
  Grid grid() const noexcept { return grid_; }
  ShowerLayout layout() const noexcept { return layout_; }
  bool has_theta() const noexcept { return has_theta_; }
  bool has_phi() const noexcept { return has_phi_; }
  const std::string& axes() const noexcept { return axes_; }
  /// CRC-32 of all primary energies in the order of the files: tells sets of showers apart.
  std::uint32_t fingerprint() const noexcept { return fingerprint_; }
  /// The least and the largest primary energy, GeV.
  std::pair<float, float> energy_range() const noexcept { return energy_range_; }

  /// Bytes of so many showers in a ShowerBatch.
  std::int64_t bytes(std::int64_t showers) const noexcept;
  /// The shard with most showers.
  const Shard& largest() const noexcept;
  const std::filesystem::path& path(const Shard& shard) const { return files_[shard.file]; }

  /// The showers of a shard, checked (ShowerReader). May be called by several threads at once.
  ShowerBatch load(std::int64_t shard) const;

 private:
  struct OpenFile {
    std::size_t file = 0;
    std::shared_ptr<const ShowerReader> reader;
  };

  void add(std::size_t file, const ShowerReader& reader);
  void look_at_energies(const ShowerReader& reader);
  void check_given_once() const;
  void check_same_kind(const ShowerReader& reader) const;
  std::shared_ptr<const ShowerReader> open(std::size_t file) const;

  std::vector<std::filesystem::path> files_;
  std::vector<std::int64_t> sizes_;  ///< of the files, showers
  std::vector<Shard> shards_;
  std::int64_t size_ = 0;
  Grid grid_;
  ShowerLayout layout_ = ShowerLayout::fixed_angle;
  bool has_theta_ = false;
  bool has_phi_ = false;
  std::string axes_;
  std::uint32_t fingerprint_ = 0;
  std::pair<float, float> energy_range_ = {std::numeric_limits<float>::max(), 0.0f};
  mutable std::mutex mutex_;
  mutable std::list<OpenFile> open_;  ///< the last used first; a system has few file descriptors
};

}  // namespace showergan
