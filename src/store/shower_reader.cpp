#include "store/shower_reader.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/units.hpp"
#include "store/binning.hpp"
#include "store/energy_unit.hpp"
#include "store/hdf5_attribute.hpp"
#include "store/hdf5_input.hpp"
#include "store/hdf5_lock.hpp"
#include "store/shower_check.hpp"
#include "store/shower_columns.hpp"
#include "store/shower_format.hpp"

namespace showergan {
namespace {

namespace format = shower_format;

/// `ECAL` of the published variable-angle files is in GeV times this.
constexpr double variable_angle_factor = 50.0;

/// More cells than any calorimeter image has; a larger number is a damaged or foreign file.
constexpr std::int64_t most_cells = 100'000'000;

/// One number per shower: a column of a data set, with what turns it into our unit.
struct Column {
  Hdf5DataSet data;
  std::int64_t index = 0;  ///< where the data set has two axes
  double scale = 1;
  bool pseudorapidity = false;  ///< to be turned into a polar angle

  std::vector<float> read(std::int64_t first, std::int64_t count) const {
    std::vector<float> values = data.shape().size() == 1
                                    ? data.read_rows(first, count)
                                    : data.read({first, index}, {count, std::int64_t{1}});
    for (float& value : values) {
      const double number = value;
      value =
          static_cast<float>(pseudorapidity ? 2.0 * std::atan(std::exp(-number)) : number * scale);
    }
    return values;
  }
};

/// GeV per unit of a data set: what its `unit` attribute says, otherwise `usual`.
double unit_of(const Hdf5DataSet& data, double usual) {
  const auto name = text_attribute(data.id(), format::unit_attribute);
  if (!name) return usual;
  const auto unit = energy_unit(*name);
  if (!unit) {
    throw InputError("the unit '" + *name + "' is not known", data.where(),
                     "known: GeV, MeV, keV; or give the factor to GeV yourself");
  }
  return *unit;
}

void check_length_unit(const Hdf5DataSet& data) {
  const auto name = text_attribute(data.id(), format::unit_attribute);
  if (!name || *name == "mm") return;
  throw InputError("the unit '" + *name + "' is not known", data.where(), "lengths are in mm");
}

Column open_column(hid_t file, const std::filesystem::path& path, const std::string& name,
                   std::int64_t rows, std::int64_t index = 0) {
  Column column{Hdf5DataSet(file, path, name), index};
  const std::vector<std::int64_t>& shape = column.data.shape();
  const bool one_axis = shape.size() == 1 && index == 0;
  const bool two_axes = shape.size() == 2 && (index == 0 ? shape[1] == 1 : shape[1] > index);
  if (!one_axis && !two_axes) {
    throw InputError("a data set has the shape " + column.data.shape_text(), column.data.where(),
                     index == 0 ? fmt::format("expected ({},)", rows)
                                : fmt::format("expected ({}, {} or more)", rows, index + 1));
  }
  if (shape[0] != rows) {
    throw InputError(fmt::format("a data set has {} rows for {} showers", shape[0], rows),
                     column.data.where(), "the two must agree");
  }
  return column;
}

std::optional<std::uint64_t> number_attribute(hid_t object, const std::string& name) {
  const auto text = text_attribute(object, name);
  if (!text) return std::nullopt;
  std::uint64_t number = 0;
  const char* end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return number;
}

Provenance read_provenance(hid_t file) {
  Provenance provenance;
  provenance.detector = text_attribute(file, format::detector_attribute).value_or("");
  // Monte Carlo files made elsewhere call it the generator.
  provenance.source = text_attribute(file, format::source_attribute)
                          .value_or(text_attribute(file, "generator").value_or(""));
  provenance.seed = number_attribute(file, format::seed_attribute);
  return provenance;
}

}  // namespace

struct ShowerReader::State {
  State(std::filesystem::path file_path, const ReadOptions& options)
      : path(std::move(file_path)), file(open_hdf5(path)), threads(options.threads) {
    check_version();
    attributes = text_attributes(file.get());
    provenance = read_provenance(file.get());
    if (has(format::showers) && has(format::incident_energies)) {
      open_calochallenge(options);
    } else if (has(format::ecal)) {
      open_3dgan(options);
    } else {
      throw InputError("the HDF5 file '" + path.string() + "' holds no showers",
                       "neither ECAL nor showers with incident_energies is in it",
                       "give a file in the 3DGAN or CaloChallenge layout");
    }
  }

  bool has(const std::string& name) const { return has_data_set(file.get(), name); }

  void check_version() const {
    const auto version = number_attribute(file.get(), format::version_attribute);
    if (version && *version > format::version) {
      throw InputError(
          fmt::format("the file has format version {}, and this program reads up to {}", *version,
                      format::version),
          path.string(), "use a newer ShowerGAN");
    }
  }

  /// Number of showers and the check that there is one.
  void set_size() {
    if (cells->shape().empty()) fail_on_shape("one row per shower");
    size = cells->shape()[0];
    if (size == 0) throw InputError("the file holds no showers: it is empty", cells->where());
  }

  [[noreturn]] void fail_on_shape(const std::string& expected) const {
    throw InputError("a data set has the shape " + cells->shape_text(), cells->where(),
                     "expected " + expected);
  }

  void open_3dgan(const ReadOptions& options) {
    cells.emplace(file.get(), path, format::ecal);
    set_size();
    const std::vector<std::int64_t>& shape = cells->shape();
    const bool channel = shape.size() == 5 && shape[4] == 1;
    if (shape.size() != 4 && !channel) fail_on_shape("(showers, nx, ny, nz)");
    grid = {shape[1], shape[2], shape[3]};
    if (grid.nx < 1 || grid.ny < 1 || grid.nz < 1 || grid.nx > most_cells / grid.ny ||
        grid.nx * grid.ny > most_cells / grid.nz) {
      fail_on_shape("a grid of at least one and not more than 100 million cells");
    }
    open_columns(units::GeV);
    const bool angle = columns[theta_column].has_value();
    layout = angle ? ShowerLayout::variable_angle : ShowerLayout::fixed_angle;
    open_3dgan_energy();
    scale = options.scale ? *options.scale
                          : unit_of(*cells, angle ? 1.0 / variable_angle_factor : units::GeV);
    axes = text_attribute(file.get(), format::axes_attribute).value_or("x, y, z");
  }

  void open_3dgan_energy() {
    if (has(format::energy)) {
      energy.emplace(open_column(file.get(), path, format::energy, size));
    } else if (has(format::target)) {
      energy.emplace(open_column(file.get(), path, format::target, size, 1));
    } else {
      throw InputError("the energies of the primaries are missing", path.string(),
                       "add a data set energy or target");
    }
    energy->scale = unit_of(energy->data, units::GeV);
  }

  /// The data set of a column, empty if there is none. The angle of the primary is best known from
  /// `theta` or `eta`; `mtheta` is measured from the image.
  std::string stored_name(const std::string& name) const {
    if (has(name)) return name;
    if (name == format::theta && has(format::eta)) return format::eta;
    if (name == format::theta && has(format::measured_theta)) return format::measured_theta;
    return {};
  }

  /// `energy_unit`: GeV per unit of an energy where the data set does not say.
  void open_columns(double energy_unit) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const ColumnKind kind = shower_columns[i].kind;
      const std::string name = stored_name(shower_columns[i].name);
      if (name.empty()) continue;
      Column& column = columns[i].emplace(open_column(file.get(), path, name, size));
      column.pseudorapidity = name == format::eta;
      if (kind == ColumnKind::energy) column.scale = unit_of(column.data, energy_unit);
      if (kind == ColumnKind::position) check_length_unit(column.data);
    }
  }

  void open_calochallenge(const ReadOptions& options) {
    layout = ShowerLayout::calochallenge;
    cells.emplace(file.get(), path, format::showers);
    set_size();
    if (cells->shape().size() != 2) fail_on_shape("(showers, voxels)");
    const Binning binning = find_binning(options);
    if (cells->shape()[1] != binning.voxels()) {
      throw InputError(fmt::format("a shower has {} voxels, but the binning {}", cells->shape()[1],
                                   binning.voxels()),
                       cells->where(), "give the binning XML of this data set with --binning");
    }
    grid = binning.grid();
    if (grid.nx > most_cells / grid.ny || grid.nx * grid.ny > most_cells / grid.nz) {
      fail_on_shape("not more than 100 million cells");
    }
    positions = binning.image_positions();
    energy.emplace(open_column(file.get(), path, format::incident_energies, size));
    energy->scale = unit_of(energy->data, units::MeV);
    open_columns(units::MeV);
    scale = options.scale ? *options.scale : unit_of(*cells, units::MeV);
    axes = text_attribute(file.get(), format::axes_attribute).value_or("radius, angle, layer");
  }

  Binning find_binning(const ReadOptions& options) const {
    if (!options.binning.empty()) return read_binning(options.binning);
    const std::filesystem::path beside = binning_path(path);
    std::error_code ignored;
    if (std::filesystem::exists(beside, ignored)) return read_binning(beside);
    throw InputError("the CaloChallenge file '" + path.string() + "' needs its binning",
                     "there is no '" + beside.string() + "'",
                     "give the XML of its data set with --binning");
  }

  std::filesystem::path path;
  Hdf5Handle file;
  int threads = 1;
  ShowerLayout layout = ShowerLayout::fixed_angle;
  std::optional<Hdf5DataSet> cells;
  std::optional<Column> energy;
  std::array<std::optional<Column>, shower_columns.size()> columns;  ///< in their order
  std::int64_t size = 0;
  Grid grid;
  double scale = 1;
  std::vector<std::int64_t> positions;  ///< of voxels in the image; empty for 3DGAN layouts
  std::string axes;
  Provenance provenance;
  std::vector<std::pair<std::string, std::string>> attributes;
};

ShowerReader::ShowerReader(const std::filesystem::path& path, const ReadOptions& options) {
  const Hdf5Lock lock;
  state_ = std::make_unique<State>(path, options);
}

ShowerReader::~ShowerReader() {
  const Hdf5Lock lock;
  state_.reset();
}

ShowerReader::ShowerReader(ShowerReader&&) noexcept = default;

ShowerReader& ShowerReader::operator=(ShowerReader&& other) noexcept {
  const Hdf5Lock lock;
  state_ = std::move(other.state_);
  return *this;
}

const std::filesystem::path& ShowerReader::path() const noexcept {
  return state_->path;
}
std::int64_t ShowerReader::size() const noexcept {
  return state_->size;
}
Grid ShowerReader::grid() const noexcept {
  return state_->grid;
}
ShowerLayout ShowerReader::layout() const noexcept {
  return state_->layout;
}
const std::string& ShowerReader::axes() const noexcept {
  return state_->axes;
}
std::int64_t ShowerReader::chunk_rows() const noexcept {
  return state_->cells->chunk_rows();
}
double ShowerReader::scale() const noexcept {
  return state_->scale;
}
bool ShowerReader::has_theta() const noexcept {
  return state_->columns[theta_column].has_value();
}
bool ShowerReader::has_phi() const noexcept {
  return state_->columns[phi_column].has_value();
}
bool ShowerReader::has_impact() const noexcept {
  return state_->columns[impact_x_column].has_value() &&
         state_->columns[impact_y_column].has_value();
}
const Provenance& ShowerReader::provenance() const noexcept {
  return state_->provenance;
}
const std::vector<std::pair<std::string, std::string>>& ShowerReader::attributes() const noexcept {
  return state_->attributes;
}

std::vector<float> ShowerReader::read_energies(std::int64_t first, std::int64_t count) const {
  const State& s = *state_;
  SHOWERGAN_EXPECT(first >= 0 && count >= 0 && first + count <= s.size);
  std::vector<float> energies = s.energy->read(first, count);
  check_primary_energies(energies, s.energy->data.where(), first);
  return energies;
}

ShowerBatch ShowerReader::read_primaries(std::int64_t first, std::int64_t count) const {
  const State& s = *state_;
  ShowerBatch batch;
  batch.grid = s.grid;
  batch.energy = read_energies(first, count);
  for (std::size_t i = 0; i < s.columns.size(); ++i) {
    if (!s.columns[i]) continue;
    std::vector<float>& values = batch.*shower_columns[i].values;
    values = s.columns[i]->read(first, count);
    check_column(shower_columns[i].kind, values, s.columns[i]->data.where(), first);
  }
  return batch;
}

ShowerBatch ShowerReader::read(std::int64_t first, std::int64_t count) const {
  const State& s = *state_;
  ShowerBatch batch = read_primaries(first, count);
  std::vector<float> stored = s.cells->read_rows(first, count, s.threads);
  const std::int64_t columns =
      s.positions.empty() ? s.grid.cells() : static_cast<std::int64_t>(s.positions.size());
  if (s.scale != 1) {
    for (float& value : stored) value = static_cast<float>(value * s.scale);
  }
  check_cells(stored, columns, s.cells->where(), first);
  if (s.positions.empty()) {
    batch.cells = std::move(stored);
    return batch;
  }
  batch.cells.assign(static_cast<std::size_t>(count * s.grid.cells()), 0.0F);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::span<float> image = batch.shower(i);
    const float* voxel = stored.data() + i * columns;
    for (const std::int64_t position : s.positions) {
      image[static_cast<std::size_t>(position)] = *voxel++;
    }
  }
  return batch;
}

}  // namespace showergan
