#include "store/shower_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/contract.hpp"
#include "base/units.hpp"
#include "store/chunked_column.hpp"
#include "store/hdf5_attribute.hpp"
#include "store/hdf5_lock.hpp"
#include "store/hdf5_output.hpp"
#include "store/shower_check.hpp"
#include "store/shower_format.hpp"

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

constexpr std::int64_t numbers_per_chunk = 4096;  ///< of energies and angles

}  // namespace

struct ShowerWriter::State {
  State(const std::filesystem::path& path, const Grid& image_grid, const WriteOptions& wanted)
      : grid(image_grid),
        options(wanted),
        target(path, options.force),
        output(target.temporary(), target.path()) {
    if (options.calochallenge) set_binning();
    write_root();
    std::vector<std::int64_t> row_shape = {grid.nx, grid.ny, grid.nz};
    std::int64_t row_size = grid.cells();
    if (options.calochallenge) {
      row_size = static_cast<std::int64_t>(positions.size());
      row_shape = {row_size};
    }
    const char* unit = options.calochallenge ? "MeV" : "GeV";
    cells = add(options.calochallenge ? format::showers : format::ecal, row_shape,
                showers_per_chunk(row_size, options.expected), unit);
    if (!options.calochallenge) attribute(cells->id(), "axes", "shower, " + options.axes);
    energy = options.calochallenge ? add(format::incident_energies, {1}, numbers_per_chunk, unit)
                                   : add(format::energy, {}, numbers_per_chunk, unit);
  }

  void set_binning() {
    // Refuses now what finish() could not write, and not after the work is done.
    const AtomicFile probe(binning_path(target.path()), options.force);
    if (!options.binning) options.binning = cartesian_binning(grid);
    if (options.binning->grid() != grid) {
      const Grid other = options.binning->grid();
      throw InputError(
          fmt::format("the showers have {} x {} x {} cells, but the binning {} x {} x {}", grid.nx,
                      grid.ny, grid.nz, other.nx, other.ny, other.nz),
          {}, "give the binning that belongs to the showers");
    }
    positions = options.binning->image_positions();
    outside.assign(static_cast<std::size_t>(grid.cells()), true);
    for (const std::int64_t position : positions) {
      outside[static_cast<std::size_t>(position)] = false;
    }
  }

  void write_root() {
    output.check(write_attribute(output.id(), format::version_attribute, format::version));
    attribute(output.id(), format::units_attribute,
              options.calochallenge ? "MeV, mm, rad" : "GeV, mm, rad");
    attribute(output.id(), format::axes_attribute, options.axes);
    const Provenance& provenance = options.provenance;
    if (!provenance.detector.empty()) {
      attribute(output.id(), format::detector_attribute, provenance.detector);
    }
    if (!provenance.source.empty()) {
      attribute(output.id(), format::source_attribute, provenance.source);
    }
    if (provenance.seed) {
      output.check(write_attribute(output.id(), format::seed_attribute, *provenance.seed));
    }
  }

  void attribute(hid_t object, const std::string& name, const std::string& text) {
    output.check(write_attribute(object, name, text));
  }

  std::unique_ptr<ChunkedColumn> add(const std::string& name,
                                     const std::vector<std::int64_t>& row_shape,
                                     std::int64_t rows_per_chunk, const std::string& unit) {
    auto column =
        std::make_unique<ChunkedColumn>(output, name, row_shape, rows_per_chunk, options.threads);
    attribute(column->id(), format::unit_attribute, unit);
    return column;
  }

  void write_angles(const ShowerBatch& batch) {
    if (written == 0 && !batch.theta.empty()) {
      theta = add(format::theta, {}, numbers_per_chunk, "rad");
    }
    if (written == 0 && !batch.phi.empty()) phi = add(format::phi, {}, numbers_per_chunk, "rad");
    SHOWERGAN_EXPECT((theta != nullptr) == !batch.theta.empty());
    SHOWERGAN_EXPECT((phi != nullptr) == !batch.phi.empty());
    if (theta) theta->append(batch.theta);
    if (phi) phi->append(batch.phi);
  }

  static float to_mev(float gev) { return static_cast<float>(gev / units::MeV); }

  /// One shower in the order of the voxels, MeV.
  void write_voxels(std::span<const float> image) {
    for (std::size_t cell = 0; cell < image.size(); ++cell) {
      if (outside[cell] && image[cell] != 0) {
        throw InputError(
            fmt::format("shower {} has energy outside the voxels of the binning", written),
            target.path().string(), "give the binning that belongs to the showers");
      }
    }
    std::vector<float> row;
    row.reserve(positions.size());
    for (const std::int64_t position : positions) {
      row.push_back(to_mev(image[static_cast<std::size_t>(position)]));
    }
    cells->append(row);
  }

  void write(const ShowerBatch& batch) {
    SHOWERGAN_EXPECT(batch.grid == grid);
    if (batch.size() == 0) return;
    check(batch);
    write_angles(batch);
    if (options.calochallenge) {
      std::vector<float> incident(batch.energy.size());
      std::transform(batch.energy.begin(), batch.energy.end(), incident.begin(), to_mev);
      energy->append(incident);
      for (std::int64_t i = 0; i < batch.size(); ++i) {
        write_voxels(batch.shower(i));
        ++written;
      }
    } else {
      energy->append(batch.energy);
      cells->append(batch.cells);
      written += batch.size();
    }
  }

  /// Nothing goes into a file that its own reader would refuse.
  void check(const ShowerBatch& batch) const {
    const std::string where = fmt::format("for '{}'", target.path().string());
    check_cells(batch.cells, grid.cells(), where, written);
    check_primary_energies(batch.energy, where, written);
    check_angles(batch.theta, where, written);
    check_angles(batch.phi, where, written);
  }

  void finish() {
    if (written == 0) throw Error("no shower was written", target.path().string());
    for (const auto& column : {&cells, &energy, &theta, &phi}) {
      if (*column) (*column)->flush();
      column->reset();
    }
    output.close();
    if (options.calochallenge) {
      write_file(binning_path(target.path()), binning_xml(*options.binning), options.force);
    }
    target.commit();
  }

  Grid grid;
  WriteOptions options;
  AtomicFile target;
  Hdf5Output output;
  std::unique_ptr<ChunkedColumn> cells;
  std::unique_ptr<ChunkedColumn> energy;
  std::unique_ptr<ChunkedColumn> theta;
  std::unique_ptr<ChunkedColumn> phi;
  std::vector<std::int64_t> positions;  ///< of voxels in the image, for the CaloChallenge layout
  std::vector<bool> outside;            ///< cells that are no voxel
  std::int64_t written = 0;
};

ShowerWriter::ShowerWriter(const std::filesystem::path& path, const Grid& grid,
                           const WriteOptions& options) {
  const Hdf5Lock lock;
  state_ = std::make_unique<State>(path, grid, options);
}

ShowerWriter::~ShowerWriter() {
  const Hdf5Lock lock;
  state_.reset();
}

void ShowerWriter::write(const ShowerBatch& batch) {
  const Hdf5Lock lock;
  state_->write(batch);
}

void ShowerWriter::finish() {
  const Hdf5Lock lock;
  state_->finish();
}

std::int64_t ShowerWriter::written() const noexcept {
  return state_->written;
}

}  // namespace showergan
