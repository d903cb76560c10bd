#include <cmath>
#include <fstream>
#include <initializer_list>
#include <limits>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "showergan/error.hpp"

#include "base/resources.hpp"
#include "shower/detector.hpp"
#include "shower/element.hpp"

namespace showergan {
namespace {

/// A table of the description, with what an error message needs to point at it.
class Section {
 public:
  Section(const toml::table& table, std::string file, std::string prefix)
      : table_(table), file_(std::move(file)), prefix_(std::move(prefix)) {}

  [[noreturn]] void fail(const toml::node& node, const std::string& key, const std::string& problem,
                         const std::string& advice = {}) const {
    throw InputError(prefix_ + key + " " + problem,
                     fmt::format("{}, line {}", file_, node.source().begin.line), advice);
  }

  /// Throws if a key is none of those: most often a misspelt one.
  void check_keys(std::initializer_list<std::string_view> known) const {
    for (const auto& [key, node] : table_) {
      bool found = false;
      std::string names;
      for (const std::string_view name : known) {
        found = found || name == key.str();
        names += (names.empty() ? "" : ", ") + std::string(name);
      }
      if (!found) fail(node, std::string(key.str()), "is not a known key", "known here: " + names);
    }
  }

  const toml::node& required(const std::string& key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) {
      throw InputError(prefix_ + key + " is missing",
                       fmt::format("{}, line {}", file_, table_.source().begin.line));
    }
    return *node;
  }

  std::string text(const std::string& key) const {
    const toml::node& node = required(key);
    const auto value = node.value<std::string>();
    if (!value) fail(node, key, "is not a text", "write it in quotes");
    return *value;
  }

  bool flag(const std::string& key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return false;
    if (!node->is_boolean()) fail(*node, key, "is neither true nor false");
    return node->as_boolean()->get();
  }

  double positive(const std::string& key) const { return positive(required(key), key); }

  double positive(const toml::node& node, const std::string& key) const {
    const auto value = node.value<double>();
    if (!value) fail(node, key, "is not a number");
    if (!(*value > 0) || !std::isfinite(*value)) fail(node, key, "must be greater than 0");
    return *value;
  }

  std::int64_t count(const toml::node& node, const std::string& key) const {
    constexpr std::int64_t most = 100000;
    if (!node.is_integer()) fail(node, key, "is not a whole number");
    const std::int64_t value = node.as_integer()->get();
    if (value < 1 || value > most) fail(node, key, fmt::format("must be from 1 to {}", most));
    return value;
  }

  const toml::node* optional(const std::string& key) const { return table_.get(key); }

  /// An array with exactly `size` elements, or with at least one if `size` is 0.
  const toml::array& array(const std::string& key, std::size_t size = 0) const {
    const toml::node& node = required(key);
    if (!node.is_array()) fail(node, key, "is not a list", "write it in square brackets");
    const toml::array& elements = *node.as_array();
    if (size != 0 && elements.size() != size) {
      fail(node, key, fmt::format("has {} elements instead of {}", elements.size(), size));
    }
    if (elements.empty()) fail(node, key, "is an empty list");
    return elements;
  }

  /// The table `key` below this one.
  Section below(const toml::node& node, const std::string& key) const {
    if (!node.is_table()) fail(node, key, "is not a table");
    return Section(*node.as_table(), file_, prefix_ + key + ".");
  }

  auto begin() const { return table_.begin(); }
  auto end() const { return table_.end(); }

 private:
  const toml::table& table_;
  std::string file_;
  std::string prefix_;
};

void read_grid(const Section& section, Detector& detector) {
  section.check_keys({"cells", "cell_size"});
  const toml::array& cells = section.array("cells", 3);
  detector.grid = {section.count(cells[0], "cells"), section.count(cells[1], "cells"),
                   section.count(cells[2], "cells")};
  constexpr std::int64_t most = 100'000'000;
  const Grid& grid = detector.grid;
  if (grid.nx > most / grid.ny || grid.nx * grid.ny > most / grid.nz) {
    section.fail(cells, "cells", fmt::format("are more than {} in all", most));
  }
  const toml::array& size = section.array("cell_size", 2);
  detector.cell_x = section.positive(size[0], "cell_size");
  detector.cell_y = section.positive(size[1], "cell_size");
}

/// Mass fractions, scaled to add up to exactly 1; published ones are rounded.
std::map<std::string, double> read_elements(const Section& section, const toml::node& whole) {
  std::map<std::string, double> elements;
  double sum = 0;
  for (const auto& [key, node] : section) {
    const std::string symbol(key.str());
    if (atomic_number(symbol) == 0) section.fail(node, symbol, "is not the symbol of an element");
    sum += elements[symbol] = section.positive(node, symbol);
  }
  constexpr double rounding = 1e-3;
  if (std::abs(sum - 1) > rounding) {
    section.fail(whole, "*", fmt::format("add up to {:.4g} instead of 1", sum),
                 "give mass fractions");
  }
  for (auto& [symbol, fraction] : elements) fraction /= sum;
  return elements;
}

Material read_material(const Section& section, const std::string& name) {
  section.check_keys({"density", "elements", "radiation_length", "birks"});
  Material material;
  material.name = name;
  material.density = section.positive("density");
  if (const toml::node* node = section.optional("radiation_length")) {
    material.radiation_length = section.positive(*node, "radiation_length");
  }
  if (section.optional("birks") != nullptr) material.birks = section.positive("birks");
  const toml::node& elements = section.required("elements");
  material.elements = read_elements(section.below(elements, "elements"), elements);
  return material;
}

Slab read_slab(const Section& section, const Detector& detector) {
  section.check_keys({"material", "thickness", "sensitive", "absorber"});
  Slab slab;
  slab.material = section.text("material");
  slab.thickness = section.positive("thickness");
  slab.sensitive = section.flag("sensitive");
  slab.absorber = section.flag("absorber");
  if (detector.materials.count(slab.material) == 0) {
    section.fail(section.required("material"), "material",
                 "names '" + slab.material + "', which is not described",
                 "add [materials." + slab.material + "]");
  }
  return slab;
}

std::vector<Slab> read_slabs(const Section& section, const std::string& key,
                             const Detector& detector) {
  std::vector<Slab> slabs;
  for (const toml::node& node : section.array(key)) {
    const std::string name = fmt::format("{}[{}]", key, slabs.size());
    slabs.push_back(read_slab(section.below(node, name), detector));
  }
  return slabs;
}

/// One block of equal layers.
void read_layers(const Section& section, Detector& detector) {
  section.check_keys({"repeat", "slabs"});
  std::int64_t repeat = 1;
  if (const toml::node* node = section.optional("repeat")) repeat = section.count(*node, "repeat");
  Layer layer;
  layer.slabs = read_slabs(section, "slabs", detector);
  bool sensitive = false;
  for (const Slab& slab : layer.slabs) sensitive = sensitive || slab.sensitive;
  if (!sensitive) {
    section.fail(section.required("slabs"), "slabs", "has no sensitive slab",
                 "mark one with sensitive = true");
  }
  detector.layers.insert(detector.layers.end(), static_cast<std::size_t>(repeat), layer);
}

Detector read_detector(const Section& root) {
  root.check_keys({"name", "description", "readout_threshold", "width", "grid", "materials",
                   "layers", "behind"});
  Detector detector;
  detector.name = root.text("name");
  if (root.optional("description") != nullptr) detector.description = root.text("description");
  if (root.optional("readout_threshold") != nullptr) {
    detector.readout_threshold = root.positive("readout_threshold");
  }
  if (root.optional("width") != nullptr) {
    const toml::array& width = root.array("width", 2);
    detector.width_x = root.positive(width[0], "width");
    detector.width_y = root.positive(width[1], "width");
  }
  read_grid(root.below(root.required("grid"), "grid"), detector);
  const Section materials = root.below(root.required("materials"), "materials");
  for (const auto& [key, node] : materials) {
    const std::string name(key.str());
    detector.materials[name] = read_material(materials.below(node, name), name);
  }
  std::size_t block = 0;
  for (const toml::node& node : root.array("layers")) {
    read_layers(root.below(node, fmt::format("layers[{}]", block++)), detector);
  }
  if (static_cast<std::int64_t>(detector.layers.size()) != detector.grid.nz) {
    root.fail(root.required("layers"), "layers",
              fmt::format("describe {} layers, but grid.cells has {} along z",
                          detector.layers.size(), detector.grid.nz),
              "make the two agree");
  }
  if (root.optional("behind") != nullptr) detector.behind = read_slabs(root, "behind", detector);
  return detector;
}

}  // namespace

Detector load_detector(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::error_code ignored;
  std::ifstream stream(path);
  if (std::filesystem::is_directory(path, ignored) || !stream) {
    throw InputError("cannot read the detector description '" + name + "'");
  }
  std::ostringstream text;
  text << stream.rdbuf();
  try {
    const toml::table table = toml::parse(text.str());
    return read_detector(Section(table, name, ""));
  } catch (const toml::parse_error& error) {
    throw InputError(
        "the detector description is not valid TOML: " + std::string(error.description()),
        fmt::format("{}, line {}", name, error.source().begin.line));
  }
}

Detector find_detector(const std::string& name_or_path) {
  return load_detector(find_resource("detectors", name_or_path, {".toml"}));
}

}  // namespace showergan
