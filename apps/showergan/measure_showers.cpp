#include "measure_showers.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "base/resources.hpp"
#include "shower/detector.hpp"

namespace showergan::app {
namespace {

std::string text_of(const Grid& grid) {
  return fmt::format("{}x{}x{}", grid.nx, grid.ny, grid.nz);
}

/// The detector that the files name, or empty.
std::string named_detector(const std::vector<const ShowerReader*>& files) {
  std::string name;
  for (const ShowerReader* file : files) {
    const std::string& other = file->provenance().detector;
    if (!name.empty() && !other.empty() && other != name) {
      throw InputError("the files are of different detectors",
                       fmt::format("'{}' and '{}'", name, other),
                       "compare showers of one calorimeter, or name one with --detector");
    }
    if (!other.empty()) name = other;
  }
  return name;
}

bool is_shipped(const std::string& name) {
  return std::ranges::count(resource_names("detectors", {".toml"}), name) > 0;
}

/// Name of the description to use; empty for none.
std::string detector_name(const std::vector<const ShowerReader*>& files, const std::string& wanted,
                          const std::string& stated) {
  if (!wanted.empty()) return wanted;
  std::string name = named_detector(files);
  if (name.empty()) name = stated;
  if (name.empty()) return files.front()->grid() == Grid{25, 25, 25} ? "clic-ecal" : "";
  if (is_shipped(name)) return name;
  warn(fmt::format(
      "there is no description of the detector '{}': cells count as 1 mm, layers as equal; give "
      "one with --detector",
      name));
  return "";
}

void check_axes(const ShowerReader& file) {
  if (file.axes() == "x, y, z") return;
  throw InputError(fmt::format("cannot compare the showers of '{}'", file.path().string()),
                   fmt::format("its cells are in {}", file.axes()),
                   "give showers on a grid of x, y and z");
}

}  // namespace

MeasuringDetector choose_detector(const std::vector<const ShowerReader*>& files,
                                  const std::string& wanted, const std::string& stated) {
  for (const ShowerReader* file : files) check_axes(*file);
  const std::string name = detector_name(files, wanted, stated);
  const Grid grid = files.front()->grid();
  if (name.empty()) return {"", physics::unit_geometry(grid)};
  const Detector detector = find_detector(name);
  for (const ShowerReader* file : files) {
    if (file->grid() == detector.grid) continue;
    throw InputError(fmt::format("the showers of '{}' do not fit the detector '{}'",
                                 file->path().string(), detector.name),
                     fmt::format("grids {} and {}", text_of(file->grid()), text_of(detector.grid)),
                     "name the right one with --detector");
  }
  return {detector.name, physics::image_geometry(detector)};
}

std::int64_t showers_at_once(const Grid& grid) {
  constexpr std::int64_t kCellsAtOnce = 8'000'000;
  return std::clamp<std::int64_t>(kCellsAtOnce / grid.cells(), 1, 4096);
}

physics::ShowerSet measure(ShowerReader& reader, const physics::ImageGeometry& geometry,
                           int threads, bool quiet, std::vector<std::int64_t> keep) {
  const std::int64_t batch = showers_at_once(reader.grid());
  physics::ShowerSet set(geometry);
  set.reserve(reader.size());
  set.keep_images(std::move(keep));
  Progress progress("showers", reader.size(), quiet);
  for (std::int64_t first = 0; first < reader.size(); first += batch) {
    if (interrupted()) throw Error("interrupted", "", "nothing was written");
    set.append(reader.read(first, std::min(batch, reader.size() - first)), threads);
    progress.update(set.size());
  }
  return set;
}

physics::SetInfo describe_set(const ShowerReader& reader, const physics::ShowerSet& set,
                              const std::string& label) {
  const auto [low, high] = std::ranges::minmax(set.energy());
  return {label, reader.path().string(), set.size(), low, high, reader.attributes()};
}

}  // namespace showergan::app
