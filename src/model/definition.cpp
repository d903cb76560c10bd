#include "model/definition.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/resources.hpp"
#include "model/definition_table.hpp"
#include "model/error_place.hpp"
#include "model/network_reader.hpp"
#include "nn/graph/shape_error.hpp"
#include "shower/detector.hpp"

namespace showergan {
namespace {

bool is_noise(const nn::Node& node) {
  return node.name.starts_with("noise");
}

std::vector<ConditionRange> read_conditions(const DefinitionTable& definition) {
  const TomlValue* value = definition.find("conditions");
  const auto* array = value ? std::get_if<TomlValue::Array>(&value->data) : nullptr;
  if (!array || array->empty()) {
    throw definition.error("conditions", "has no conditions",
                           "write [[conditions]] with name and range");
  }
  std::vector<ConditionRange> conditions;
  for (const TomlValue& element : *array) {
    const auto* entries = std::get_if<TomlTable>(&element.data);
    if (!entries) throw definition.error("conditions", "'conditions' must be tables");
    const DefinitionTable table(definition.file(), *entries, "condition");
    const std::string name = table.text("name");
    if (name != "energy" && name != "theta" && name != "phi") {
      throw table.error("name", fmt::format("there is no condition '{}'", name),
                        "known are energy, theta, phi");
    }
    const std::vector<double> range = table.numbers("range");
    if (range.size() != 2 || !(range[0] < range[1])) {
      throw table.error("range", "'range' is not [low, high]");
    }
    table.reject_unknown_keys();
    conditions.push_back({name, range[0], range[1]});
  }
  return conditions;
}

nn::Graph read_part(const DefinitionTable& definition, const std::string& part) {
  const auto* entries = std::get_if<TomlTable>(&definition.find(part)->data);
  if (!entries) throw definition.error(part, fmt::format("'{}' must be a table", part));
  return read_network(DefinitionTable(definition.file(), *entries, part));
}

const nn::Shape* output_shape(const nn::Graph& graph, std::string_view name) {
  for (const nn::Output& output : graph.outputs()) {
    if (output.name == name) return &graph.node(output.node).shape;
  }
  return nullptr;
}

void check_generator(const DefinitionTable& table, const ModelDefinition& definition) {
  const auto count = static_cast<std::int64_t>(definition.conditions.size());
  bool noise = false;
  bool condition = false;
  for (const nn::NodeId id : definition.generator.inputs()) {
    const nn::Node& node = definition.generator.node(id);
    if (is_noise(node)) {
      noise = true;
    } else if (node.name == "condition") {
      condition = true;
      if (node.shape != nn::Shape{count}) {
        throw table.error("generator",
                          fmt::format("the generator's input 'condition' is {}, but there are {} "
                                      "conditions",
                                      nn::to_string(node.shape), count));
      }
    } else {
      throw table.error("generator",
                        fmt::format("the generator has an unknown input '{}'", node.name),
                        "its inputs are condition, noise, noise_…");
    }
  }
  if (!noise || !condition) {
    throw table.error(
        "generator", fmt::format("the generator has no input '{}'", noise ? "condition" : "noise"));
  }
  const nn::Shape* shower = output_shape(definition.generator, "shower");
  if (!shower || shower->size() != 3) {
    throw table.error(
        "generator",
        shower ? fmt::format("the output 'shower' is {}, not (nx, ny, nz)", nn::to_string(*shower))
               : "the generator has no output 'shower'",
        "end with a reshape to the cells of the detector");
  }
}

void check_discriminator(const DefinitionTable& table, const ModelDefinition& definition) {
  const Grid grid = definition.grid();
  const nn::Shape expected{grid.nx, grid.ny, grid.nz};
  const auto image = definition.discriminator->find("image");
  if (!image ||
      !std::holds_alternative<nn::Input>(definition.discriminator->node(*image).operation)) {
    throw table.error("discriminator", "the discriminator has no input 'image'");
  }
  for (const nn::NodeId id : definition.discriminator->inputs()) {
    const nn::Node& node = definition.discriminator->node(id);
    const auto count = static_cast<std::int64_t>(definition.conditions.size());
    if (id == *image || (node.name == "condition" && node.shape == nn::Shape{count})) continue;
    throw table.error("discriminator",
                      fmt::format("the discriminator has an input '{}' of {}", node.name,
                                  nn::to_string(node.shape)),
                      fmt::format("its inputs are image and condition, {} number{}", count,
                                  count == 1 ? "" : "s"));
  }
  const nn::Shape& shape = definition.discriminator->node(*image).shape;
  if (shape != expected) {
    throw table.error("discriminator", fmt::format("the discriminator's image is {}, but the "
                                                   "generator's shower is {}",
                                                   nn::to_string(shape), nn::to_string(expected)));
  }
}

/// The table [layers]: the flow that draws the layers of the named detector.
flow::LayerFlow read_layers(const DefinitionTable& definition, const std::string& detector,
                            const std::vector<ConditionRange>& conditions) {
  const auto* entries = std::get_if<TomlTable>(&definition.find("layers")->data);
  if (!entries) throw definition.error("layers", "'layers' must be a table");
  const DefinitionTable table(definition.file(), *entries, "layers");
  flow::LayerFlow flow;
  flow.blocks = static_cast<int>(table.integer("blocks", 1, 64));
  flow.units = table.integer("units", 1, 4096);
  table.reject_unknown_keys();
  if (std::ranges::count(conditions, "energy", &ConditionRange::name) == 0) {
    throw definition.error("layers",
                           "layers are drawn at the energy of the primary, which is no "
                           "condition of the model");
  }
  const Detector description = find_detector(detector);
  flow.geometry = {description.layer_weights(),
                   description.readout_threshold,
                   {description.grid.nx, description.grid.ny}};
  const bool weighed =
      std::ranges::all_of(flow.geometry.weights, [](double weight) { return weight > 0; });
  if (flow.geometry.layers() < 2 || !weighed) {
    throw definition.error(
        "layers", fmt::format("the layers of the detector '{}' cannot be drawn", description.name),
        "it needs two layers or more, each with absorber in front of it");
  }
  flow.conditions = conditions;
  return flow;
}

/// That the decoder's inputs which are drawn have the shapes of what is drawn.
void check_decoder(const DefinitionTable& table, const DrawnLayers& layers) {
  const std::int64_t n = layers.flow.geometry.layers();
  const std::map<std::string, nn::Shape> drawn = {
      {"condition", {std::ssize(layers.flow.conditions)}},
      {"layer_energy", {n}},
      {"layer_shape", {4, n}}};
  bool told = false;
  for (const nn::Node& node : layers.decoder.nodes()) {
    const auto found = drawn.find(node.name);
    if (found == drawn.end()) continue;
    if (!std::holds_alternative<nn::Input>(node.operation)) {
      throw table.error("generator", fmt::format("the layer '{}' is no input", node.name),
                        "that is the name of an input; give the layer another one");
    }
    told = told || node.name != "condition";
    const nn::Shape& expected = found->second;
    if (node.shape == expected) continue;
    throw table.error(
        "generator",
        fmt::format(
            "the generator's input '{}' is {}, but conditions and layers of the detector make "
            "it {}",
            node.name, nn::to_string(node.shape), nn::to_string(expected)));
  }
  if (!told) {
    throw table.error("layers", "the generator does not use the layers that are drawn",
                      "give it an input layer_energy or layer_shape");
  }
  if (layers.decoder.find(kLayerNoise)) {
    throw table.error("generator",
                      fmt::format("the generator has an input '{}' of its own", kLayerNoise),
                      "it is that of the layers; give it another name");
  }
}

nn::Graph compose(const DefinitionTable& table, const DrawnLayers& layers) {
  check_decoder(table, layers);
  try {
    return whole_generator(layers);
  } catch (const nn::ShapeError& error) {
    throw at_place(error, table.place());
  }
}

/// That showers have the cells of the detector whose layers are drawn.
void check_grid(const DefinitionTable& table, const ModelDefinition& definition) {
  const flow::LayerGeometry& layers = definition.layers->flow.geometry;
  const Grid grid = definition.grid();
  const Grid drawn{layers.cells[0], layers.cells[1], layers.layers()};
  if (grid == drawn) return;
  throw table.error(
      "detector",
      fmt::format("the generator's shower is {}, but the detector '{}' has {} cells",
                  nn::to_string(nn::Shape{grid.nx, grid.ny, grid.nz}), definition.detector,
                  nn::to_string(nn::Shape{drawn.nx, drawn.ny, drawn.nz})));
}

/// Only shipped descriptions are looked at: a definition may name a detector that is elsewhere.
void check_detector(const DefinitionTable& table, const ModelDefinition& definition) {
  const std::vector<std::string> shipped = resource_names("detectors", {".toml"});
  if (std::find(shipped.begin(), shipped.end(), definition.detector) == shipped.end()) return;
  const Grid expected = find_detector(definition.detector).grid;
  const Grid grid = definition.grid();
  if (grid == expected) return;
  throw table.error(
      "detector",
      fmt::format("the generator's shower is {}, but the detector '{}' "
                  "has {} cells",
                  nn::to_string(nn::Shape{grid.nx, grid.ny, grid.nz}), definition.detector,
                  nn::to_string(nn::Triple{expected.nx, expected.ny, expected.nz})));
}

}  // namespace

std::int64_t ModelDefinition::latent() const {
  std::int64_t count = 0;
  for (const nn::NodeId id : generator.inputs()) {
    if (is_noise(generator.node(id))) count += nn::element_count(generator.node(id).shape);
  }
  return count;
}

Grid ModelDefinition::grid() const {
  const nn::Shape& shape = *output_shape(generator, "shower");
  return {shape[0], shape[1], shape[2]};
}

namespace {

ModelDefinition read_definition(const TomlTable& toml, const std::filesystem::path& path) {
  const DefinitionTable table(path, toml, "the definition");
  ModelDefinition definition;
  definition.file = path;
  definition.name = table.text("name");
  definition.description = table.text("description", "");
  definition.detector = table.text("detector");
  definition.conditions = read_conditions(table);
  if (!table.has("generator")) throw table.error("generator", "has no generator");
  definition.generator = read_part(table, "generator");
  if (table.has("layers")) {
    definition.layers = DrawnLayers{read_layers(table, definition.detector, definition.conditions),
                                    definition.generator};
    definition.generator = compose(table, *definition.layers);
  }
  check_generator(table, definition);
  if (definition.layers) check_grid(table, definition);
  if (table.has("discriminator")) {
    definition.discriminator = read_part(table, "discriminator");
    check_discriminator(table, definition);
  }
  table.reject_unknown_keys();
  check_detector(table, definition);
  return definition;
}

}  // namespace

ModelDefinition load_definition(const std::filesystem::path& path) {
  return read_definition(read_toml(path), path);
}

ModelDefinition parse_definition(const std::string& text, const std::string& name) {
  return read_definition(parse_toml(text, name), name);
}

ModelDefinition find_definition(const std::string& name_or_path) {
  return load_definition(find_resource("models", name_or_path, {".toml"}));
}

}  // namespace showergan
