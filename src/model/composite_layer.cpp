#include "model/composite_layer.hpp"

#include <map>

#include <fmt/format.h>

#include "flow/cell_spectrum.hpp"
#include "flow/layer_conditioning.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan {
namespace {

using Reader = CompositeLayer (*)(const DefinitionTable&);

void expect_count(const std::string& type, const std::vector<nn::NodeId>& inputs,
                  std::size_t count) {
  if (inputs.size() == count) return;
  throw nn::ShapeError(fmt::format("{} takes {} inputs and got {}", type, count, inputs.size()));
}

CompositeLayer read_cell_spectrum(const DefinitionTable&) {
  return [](nn::Graph& graph, const std::string& prefix, const std::vector<nn::NodeId>& inputs) {
    expect_count("cell_spectrum", inputs, 2);
    return flow::append_cell_spectrum(graph, prefix, inputs[0], inputs[1]);
  };
}

CompositeLayer read_layer_conditioning(const DefinitionTable& table) {
  constexpr int most_rounds = 16;
  const int rounds =
      table.has("rounds") ? static_cast<int>(table.integer("rounds", 0, most_rounds)) : 2;
  const double threshold = table.number("threshold", 1e-6);
  if (!(threshold >= 0)) throw table.error("threshold", "'threshold' must not be negative");
  return [=](nn::Graph& graph, const std::string& prefix, const std::vector<nn::NodeId>& inputs) {
    if (inputs.size() != 4) expect_count("layer_conditioning", inputs, 3);
    flow::ConditionedLayers layers{inputs[0], inputs[1], inputs[2], std::nullopt};
    if (inputs.size() == 4) layers.spectra = inputs[3];
    return flow::append_layer_conditioning(graph, prefix, layers, rounds, threshold);
  };
}

const std::map<std::string, Reader>& readers() {
  static const std::map<std::string, Reader> table{{"cell_spectrum", read_cell_spectrum},
                                                   {"layer_conditioning", read_layer_conditioning}};
  return table;
}

}  // namespace

std::optional<CompositeLayer> read_composite_layer(const std::string& type,
                                                   const DefinitionTable& table) {
  const auto reader = readers().find(type);
  if (reader == readers().end()) return std::nullopt;
  return reader->second(table);
}

std::vector<std::string> composite_layer_types() {
  std::vector<std::string> names;
  for (const auto& [name, reader] : readers()) names.push_back(name);
  return names;
}

}  // namespace showergan
