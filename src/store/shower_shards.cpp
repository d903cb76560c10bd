#include "store/shower_shards.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <libdeflate.h>

#include "showergan/error.hpp"

namespace showergan {
namespace {

constexpr std::size_t most_open_files = 64;
constexpr std::int64_t bytes_without_chunks = std::int64_t{4} << 20;

std::string kind_text(const Grid& grid, ShowerLayout layout, bool theta, bool phi) {
  return fmt::format("{} x {} x {} cells, {}, {} theta, {} phi", grid.nx, grid.ny, grid.nz,
                     name_of(layout), theta ? "with" : "without", phi ? "with" : "without");
}

}  // namespace

ShowerShards::ShowerShards(const std::vector<std::filesystem::path>& files) : files_(files) {
  if (files_.empty()) throw InputError("there are no files to train on", {}, "give one or more");
  for (std::size_t file = 0; file < files_.size(); ++file) add(file, ShowerReader(files_[file]));
  check_given_once();
}

/// A shower that comes twice could be in both parts, that for training and that for validation.
void ShowerShards::check_given_once() const {
  for (std::size_t a = 0; a < files_.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      std::error_code error;
      if (!std::filesystem::equivalent(files_[a], files_[b], error)) continue;
      throw InputError(fmt::format("the file '{}' is given twice", files_[a].string()), {},
                       "give each file once");
    }
  }
}

void ShowerShards::look_at_energies(const ShowerReader& reader) {
  constexpr std::int64_t at_once = 1 << 20;
  for (std::int64_t first = 0; first < reader.size(); first += at_once) {
    const std::vector<float> energies =
        reader.read_energies(first, std::min(at_once, reader.size() - first));
    fingerprint_ = libdeflate_crc32(fingerprint_, energies.data(), energies.size() * sizeof(float));
    const auto [low, high] = std::ranges::minmax(energies);
    energy_range_ = {std::min(energy_range_.first, low), std::max(energy_range_.second, high)};
  }
}

void ShowerShards::add(std::size_t file, const ShowerReader& reader) {
  if (file == 0) {
    grid_ = reader.grid();
    layout_ = reader.layout();
    has_theta_ = reader.has_theta();
    has_phi_ = reader.has_phi();
    axes_ = reader.axes();
  } else {
    check_same_kind(reader);
  }
  const std::int64_t chunk = reader.chunk_rows();
  const std::int64_t step =
      chunk > 0 ? chunk : std::max<std::int64_t>(1, bytes_without_chunks / bytes(1));
  for (std::int64_t first = 0; first < reader.size(); first += step) {
    shards_.push_back({file, first, std::min(step, reader.size() - first), size_ + first});
  }
  look_at_energies(reader);
  sizes_.push_back(reader.size());
  size_ += reader.size();
}

void ShowerShards::check_same_kind(const ShowerReader& reader) const {
  if (reader.grid() == grid_ && reader.layout() == layout_ && reader.has_theta() == has_theta_ &&
      reader.has_phi() == has_phi_ && reader.axes() == axes_) {
    return;
  }
  const std::string axes = reader.axes() == axes_ ? "" : fmt::format(", axes {}", axes_);
  const std::string other = reader.axes() == axes_ ? "" : fmt::format(", axes {}", reader.axes());
  throw InputError(
      "the files hold showers of different kinds",
      fmt::format("{}: {}{}; {}: {}{}", files_[0].string(),
                  kind_text(grid_, layout_, has_theta_, has_phi_), axes, reader.path().string(),
                  kind_text(reader.grid(), reader.layout(), reader.has_theta(), reader.has_phi()),
                  other),
      "train on files of one kind");
}

std::int64_t ShowerShards::bytes(std::int64_t showers) const noexcept {
  const std::int64_t numbers = grid_.cells() + 1 + (has_theta_ ? 1 : 0) + (has_phi_ ? 1 : 0);
  return showers * numbers * static_cast<std::int64_t>(sizeof(float));
}

const Shard& ShowerShards::largest() const noexcept {
  return *std::max_element(shards_.begin(), shards_.end(),
                           [](const Shard& a, const Shard& b) { return a.count < b.count; });
}

std::shared_ptr<const ShowerReader> ShowerShards::open(std::size_t file) const {
  const std::lock_guard lock(mutex_);
  const auto known = std::find_if(open_.begin(), open_.end(),
                                  [&](const OpenFile& open) { return open.file == file; });
  if (known != open_.end()) {
    open_.splice(open_.begin(), open_, known);
    return known->reader;
  }
  const auto reader = std::make_shared<const ShowerReader>(files_[file]);
  if (reader->grid() != grid_ || reader->size() != sizes_[file]) {
    throw InputError("a file has changed while it was being read", files_[file].string(),
                     "do not write to it during a training");
  }
  open_.push_front({file, reader});
  if (open_.size() > most_open_files) open_.pop_back();
  return reader;
}

ShowerBatch ShowerShards::load(std::int64_t shard) const {
  const Shard& part = shards_[static_cast<std::size_t>(shard)];
  return open(part.file)->read(part.first, part.count);
}

}  // namespace showergan
