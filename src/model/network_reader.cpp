#include "model/network_reader.hpp"

#include <map>

#include <fmt/format.h>

#include "model/checked_add.hpp"
#include "model/composite_layer.hpp"
#include "model/error_place.hpp"
#include "model/layer_reader.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan {
namespace {

class NetworkReader {
 public:
  explicit NetworkReader(const DefinitionTable& network) : network_(network) {}

  void add_layer(const TomlValue& value) {
    const auto* entries = std::get_if<TomlTable>(&value.data);
    if (!entries) {
      throw InputError(
          fmt::format("{}: 'layers' holds something else than tables", network_.what()),
          network_.place(value), "write [[generator.layers]] above each layer");
    }
    const DefinitionTable unnamed(network_.file(), *entries,
                                  fmt::format("{} layer {}", network_.what(), ++count_));
    const std::string type = unnamed.text("type");
    const std::string name = unnamed.text("name", fmt::format("{}_{}", type, ++of_type_[type]));
    const DefinitionTable layer(network_.file(), *entries,
                                fmt::format("{} layer '{}'", network_.what(), name));
    layer.has("type");
    layer.has("name");
    if (const auto composite = read_composite_layer(type, layer)) {
      add_composite(layer, name, *composite);
      return;
    }
    const LayerSettings settings = read_layer(type, layer);
    const bool source = std::holds_alternative<nn::Input>(settings.operation) ||
                        std::holds_alternative<nn::Constant>(settings.operation);
    std::vector<nn::NodeId> inputs = source ? std::vector<nn::NodeId>{} : read_inputs(layer, name);
    layer.reject_unknown_keys();
    add(layer, name, settings.operation, std::move(inputs));
    if (!settings.activation.is_linear()) {
      add(layer, name + "_activation", settings.activation, {*last_});
    }
    named_[name] = *last_;
  }

  nn::Graph finish() {
    const TomlValue* outputs = network_.find("outputs");
    const auto* table = outputs ? std::get_if<TomlTable>(&outputs->data) : nullptr;
    if (!table || table->entries.empty()) {
      throw network_.error("outputs", "has no outputs", "write outputs = { NAME = \"LAYER\" }");
    }
    const DefinitionTable reader(network_.file(), *table, network_.what() + " outputs");
    for (const TomlEntry& entry : table->entries) {
      graph_.set_output(entry.key, layer_named(reader, entry.key, reader.text(entry.key)));
    }
    return std::move(graph_);
  }

 private:
  void add(const DefinitionTable& layer, const std::string& name, nn::Operation operation,
           std::vector<nn::NodeId> inputs) {
    try {
      last_ = checked_add(graph_, name, std::move(operation), std::move(inputs));
    } catch (const nn::ShapeError& error) {
      throw at_place(error, layer.place());
    }
  }

  void add_composite(const DefinitionTable& layer, const std::string& name,
                     const CompositeLayer& composite) {
    const std::vector<nn::NodeId> inputs = read_inputs(layer, name);
    layer.reject_unknown_keys();
    try {
      last_ = composite(graph_, name + "_", inputs);
    } catch (const nn::ShapeError& error) {
      throw at_place(error, layer.place());
    }
    named_[name] = *last_;
  }

  std::vector<nn::NodeId> read_inputs(const DefinitionTable& layer, const std::string& name) {
    const TomlValue* value = layer.find("inputs");
    if (!value) {
      if (!last_)
        throw layer.error("inputs", "has no layer before it", "begin with an input layer");
      return {*last_};
    }
    const auto* array = std::get_if<TomlValue::Array>(&value->data);
    if (!array) return {read_input(layer, name, *value, 1)};
    std::vector<nn::NodeId> inputs;
    for (const TomlValue& element : *array) {
      inputs.push_back(read_input(layer, name, element, inputs.size() + 1));
    }
    return inputs;
  }

  /// A layer's name, or a number, which becomes a constant.
  nn::NodeId read_input(const DefinitionTable& layer, const std::string& name,
                        const TomlValue& value, std::size_t place) {
    if (const auto* other = std::get_if<std::string>(&value.data)) {
      return layer_named(layer, "inputs", *other);
    }
    double number = 0;
    if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
      number = static_cast<double>(*integer);
    } else if (const auto* real = std::get_if<double>(&value.data)) {
      number = *real;
    } else {
      throw layer.error("inputs", "'inputs' must list layers and numbers");
    }
    const nn::Constant constant{{1}, {static_cast<float>(number)}};
    add(layer, fmt::format("{}_constant_{}", name, place), constant, {});
    return *last_;
  }

  nn::NodeId layer_named(const DefinitionTable& table, std::string_view key,
                         const std::string& name) const {
    // A layer with an activation is meant with it: LAYER stands for LAYER_activation.
    const auto found = named_.find(name);
    if (found == named_.end()) {
      throw table.error(key, fmt::format("there is no layer '{}' before it", name),
                        "layers are read from top to bottom");
    }
    return found->second;
  }

  const DefinitionTable& network_;
  nn::Graph graph_;
  std::optional<nn::NodeId> last_;
  std::map<std::string, nn::NodeId> named_;
  std::map<std::string, int> of_type_;
  int count_ = 0;
};

}  // namespace

nn::Graph read_network(const DefinitionTable& table) {
  const TomlValue* layers = table.find("layers");
  const auto* array = layers ? std::get_if<TomlValue::Array>(&layers->data) : nullptr;
  if (!array || array->empty()) throw table.error("layers", "has no layers");
  NetworkReader reader(table);
  for (const TomlValue& layer : *array) reader.add_layer(layer);
  nn::Graph graph = reader.finish();
  table.reject_unknown_keys();
  return graph;
}

}  // namespace showergan
