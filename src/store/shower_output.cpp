#include "store/shower_output.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/units.hpp"
#include "store/hdf5_attribute.hpp"
#include "store/hdf5_input.hpp"
#include "store/shower_format.hpp"
#include "store/shower_header.hpp"

namespace showergan {
namespace {

namespace format = shower_format;

/// 64 showers, as the published files, or fewer if they are large or no more are expected.
std::int64_t showers_per_chunk(std::int64_t numbers_per_shower,
                               std::optional<std::int64_t> expected) {
  constexpr std::int64_t showers = 64;
  constexpr std::int64_t most_numbers = 1 << 22;  // 16 MiB
  const std::int64_t wanted = std::clamp<std::int64_t>(expected.value_or(showers), 1, showers);
  return std::clamp<std::int64_t>(most_numbers / numbers_per_shower, 1, wanted);
}

constexpr std::int64_t numbers_per_chunk = 4096;  ///< of columns with one number for each shower

}  // namespace

ShowerOutput::ShowerOutput(const std::filesystem::path& file, const std::filesystem::path& name,
                           const Grid& grid, const WriteOptions& options, Hdf5Output::Mode mode)
    : options_(options), output_(file, name, mode) {
  if (options_.calochallenge) voxels_.emplace(*options_.binning);
  if (mode == Hdf5Output::Mode::create) {
    create(grid);
  } else {
    reopen(grid);
  }
}

void ShowerOutput::create(const Grid& grid) {
  write_header(output_, shower_header(options_));
  const bool challenge = options_.calochallenge;
  const char* unit = stored_unit(ColumnKind::energy);
  const std::int64_t row_size = challenge ? voxels_->voxels() : grid.cells();
  cells_.emplace(add(challenge ? format::showers : format::ecal, row_shape(grid),
                     showers_per_chunk(row_size, options_.expected), unit));
  if (!challenge) {
    output_.check(
        write_attribute(cells_->id(), format::axes_attribute, "shower, " + options_.axes));
  }
  energy_.emplace(challenge ? add(format::incident_energies, {1}, numbers_per_chunk, unit)
                            : add(format::energy, {}, numbers_per_chunk, unit));
}

void ShowerOutput::reopen(const Grid& grid) {
  const auto open = [&](const std::string& name, const std::vector<std::int64_t>& shape) {
    return ChunkedColumn::reopen(output_, name, shape, options_.threads);
  };
  const bool challenge = options_.calochallenge;
  cells_.emplace(open(challenge ? format::showers : format::ecal, row_shape(grid)));
  energy_.emplace(challenge ? open(format::incident_energies, {1}) : open(format::energy, {}));
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const char* name = shower_columns[i].name;
    if (has_data_set(output_.id(), name)) columns_[i].emplace(open(name, {}));
  }
  size_ = energy_->size();
}

std::vector<std::int64_t> ShowerOutput::row_shape(const Grid& grid) const {
  if (voxels_) return {voxels_->voxels()};
  return {grid.nx, grid.ny, grid.nz};
}

ChunkedColumn ShowerOutput::add(const std::string& name, const std::vector<std::int64_t>& row_shape,
                                std::int64_t rows_per_chunk, const std::string& unit) {
  ChunkedColumn column(output_, name, row_shape, rows_per_chunk, options_.threads);
  output_.check(write_attribute(column.id(), format::unit_attribute, unit));
  return column;
}

const char* ShowerOutput::stored_unit(ColumnKind kind) const {
  return options_.calochallenge && kind == ColumnKind::energy ? "MeV" : unit_name(kind);
}

void ShowerOutput::append(const ShowerBatch& batch) {
  if (voxels_) check_voxels(batch);
  if (size_ == 0) add_columns(batch);
  check_columns(batch);
  append_energies(*energy_, batch.energy);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i]) continue;
    const std::vector<float>& values = batch.*shower_columns[i].values;
    if (shower_columns[i].kind == ColumnKind::energy) {
      append_energies(*columns_[i], values);
    } else {
      columns_[i]->append(values);
    }
  }
  if (voxels_) {
    append_voxels(batch);
  } else {
    cells_->append(batch.cells);
  }
  size_ += batch.size();
}

void ShowerOutput::check_voxels(const ShowerBatch& batch) const {
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    if (voxels_->holds(batch.shower(i))) continue;
    throw InputError(
        fmt::format("shower {} has energy outside the voxels of the binning", size_ + i),
        output_.name().string(), "give the binning that belongs to the showers");
  }
}

void ShowerOutput::add_columns(const ShowerBatch& batch) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const ShowerColumn& column = shower_columns[i];
    if ((batch.*column.values).empty()) continue;
    columns_[i].emplace(add(column.name, {}, numbers_per_chunk, stored_unit(column.kind)));
  }
}

void ShowerOutput::check_columns(const ShowerBatch& batch) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool here = !(batch.*shower_columns[i].values).empty();
    if (here == columns_[i].has_value()) continue;
    throw InputError(
        fmt::format("the showers {} {}, and those before {}", here ? "have" : "do not have",
                    shower_columns[i].name, here ? "do not" : "do"),
        output_.name().string(), "all showers of a file have the same columns");
  }
}

void ShowerOutput::append_energies(ChunkedColumn& column, const std::vector<float>& energies) {
  if (!options_.calochallenge) return column.append(energies);
  std::vector<float> stored;
  stored.reserve(energies.size());
  for (const float energy : energies) stored.push_back(static_cast<float>(energy / units::MeV));
  column.append(stored);
}

void ShowerOutput::append_voxels(const ShowerBatch& batch) {
  std::vector<float> row;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    row.clear();
    voxels_->append(batch.shower(i), units::MeV, row);
    cells_->append(row);
  }
}

void ShowerOutput::state_time(double milliseconds, int threads) {
  const auto replace = [&](const char* name, const auto& value) {
    if (H5Aexists(output_.id(), name) > 0) output_.check(H5Adelete(output_.id(), name) >= 0);
    output_.check(write_attribute(output_.id(), name, value));
  };
  replace(format::time_attribute, fmt::format("{:.3g}", milliseconds));
  replace(format::threads_attribute, static_cast<std::uint64_t>(threads));
}

void ShowerOutput::close() {
  const auto finish = [](std::optional<ChunkedColumn>& column) {
    if (column) column->flush();
    column.reset();
  };
  finish(cells_);
  finish(energy_);
  for (std::optional<ChunkedColumn>& column : columns_) finish(column);
  output_.close();
}

}  // namespace showergan
