#include "store/shower_writer.hpp"

#include <optional>
#include <string>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/contract.hpp"
#include "store/hdf5_lock.hpp"
#include "store/shower_check.hpp"
#include "store/shower_columns.hpp"
#include "store/shower_output.hpp"
#include "store/shower_resume.hpp"

namespace showergan {

struct ShowerWriter::State {
  State(const std::filesystem::path& path, const Grid& image_grid, const WriteOptions& wanted,
        bool existing)
      : grid(image_grid), options(wanted) {
    target.emplace(path, options.force || existing);
    if (options.calochallenge) set_binning();
    if (existing) {
      go_on();
    } else {
      output.emplace(target->temporary(), target->path(), grid, options, Hdf5Output::Mode::create);
    }
  }

  /// Refuses now what publish() could not write, and not after the work is done.
  void set_binning() {
    if (!options.binning) options.binning = cartesian_binning(grid);
    if (options.binning->grid() != grid) {
      const Grid other = options.binning->grid();
      throw InputError(
          fmt::format("the showers have {} x {} x {} cells, but the binning {} x {} x {}", grid.nx,
                      grid.ny, grid.nz, other.nx, other.ny, other.nz),
          {}, "give the binning that belongs to the showers");
    }
    has_binning = options.resume && finds_its_binning();
    if (!has_binning) const AtomicFile probe(binning_path(target->path()), options.force);
  }

  /// Whether an earlier run, maybe killed before its first checkpoint, has left this binning.
  bool finds_its_binning() const {
    const std::filesystem::path beside = binning_path(target->path());
    std::error_code ignored;
    return std::filesystem::exists(beside, ignored) &&
           binning_xml(read_binning(beside)) == binning_xml(*options.binning);
  }

  /// Opens a copy of the file that is there.
  void go_on() {
    target->copy_from(target->path());
    output.emplace(target->temporary(), target->path(), grid, options, Hdf5Output::Mode::append);
  }

  void write(const ShowerBatch& batch) {
    SHOWERGAN_EXPECT(batch.grid == grid && output);
    if (batch.size() == 0) return;
    check(batch);
    output->append(batch);
    written = output->size();
  }

  /// Nothing goes into a file that its own reader would refuse.
  void check(const ShowerBatch& batch) const {
    const std::string where = fmt::format("for '{}'", target->path().string());
    check_cells(batch.cells, grid.cells(), where, written);
    check_primary_energies(batch.energy, where, written);
    for (const ShowerColumn& column : shower_columns) {
      const std::vector<float>& values = batch.*column.values;
      SHOWERGAN_EXPECT(values.empty() || values.size() == batch.energy.size());
      check_column(column.kind, values, fmt::format("{}, data set {}", where, column.name),
                   written);
    }
  }

  void publish() {
    output->close();
    output.reset();
    if (options.calochallenge && !has_binning) {
      write_file(binning_path(target->path()), binning_xml(*options.binning), options.force);
      has_binning = true;
    }
    target->commit();
  }

  void checkpoint() {
    if (written == 0) return;
    publish();
    const std::filesystem::path path = target->path();
    target.emplace(path, true);
    go_on();
  }

  void finish() {
    if (written == 0) throw Error("no shower was written", target->path().string());
    publish();
  }

  Grid grid;
  WriteOptions options;
  std::optional<AtomicFile> target;
  std::optional<ShowerOutput> output;
  bool has_binning = false;  ///< the file of the CaloChallenge layout is written
  std::int64_t written = 0;
};

ShowerWriter::ShowerWriter(const std::filesystem::path& path, const Grid& grid,
                           const WriteOptions& options) {
  const auto existing =
      options.resume ? showers_to_resume(path, grid, options) : std::optional<std::int64_t>();
  const Hdf5Lock lock;
  state_ = std::make_unique<State>(path, grid, options, existing.has_value());
  state_->written = existing.value_or(0);
}

ShowerWriter::~ShowerWriter() {
  const Hdf5Lock lock;
  state_.reset();
}

void ShowerWriter::write(const ShowerBatch& batch) {
  const Hdf5Lock lock;
  state_->write(batch);
}

void ShowerWriter::checkpoint() {
  const Hdf5Lock lock;
  state_->checkpoint();
}

void ShowerWriter::state_time(double milliseconds, int threads) {
  const Hdf5Lock lock;
  state_->output->state_time(milliseconds, threads);
}

void ShowerWriter::finish() {
  const Hdf5Lock lock;
  state_->finish();
}

std::int64_t ShowerWriter::written() const noexcept {
  return state_->written;
}

}  // namespace showergan
