#include "model_commands.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "gan/trained_model.hpp"
#include "model/definition.hpp"
#include "model/graph_description.hpp"
#include "model/keras_weights.hpp"
#include "model/model_card.hpp"
#include "model/model_file.hpp"
#include "store/checkpoint.hpp"
#include "store/file_kind.hpp"
#include "store/named_arrays.hpp"

namespace showergan::app {
namespace {

/// A line of a description, as long as there is something to say.
std::string line(const std::string& name, const std::string& text) {
  return text.empty() ? std::string() : fmt::format("  {:<18}  {}\n", name, text);
}

std::string condition_lines(const std::vector<ConditionRange>& conditions) {
  std::string text;
  for (const ConditionRange& c : conditions) {
    text += line("condition", fmt::format("{} from {:g} to {:g} {}", c.name, c.low, c.high,
                                          c.name == "energy" ? "GeV" : "rad"));
  }
  return text;
}

using Json = nlohmann::ordered_json;

/// A fact of a card: texts and numbers as they are, lists of texts line by line, lists of numbers
/// and of objects by their length.
std::string fact_text(const std::string& name, const Json& value, const std::string& indent) {
  const auto entry = [&](const std::string& text) {
    return fmt::format("{}{:<{}}  {}\n", indent, name, 20 - static_cast<int>(indent.size()), text);
  };
  if (value.is_string()) return entry(value.get<std::string>());
  if (!value.is_structured()) return entry(value.dump());
  std::string text = fmt::format("{}{}\n", indent, name);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) text += fact_text(key, member, indent + "  ");
    return text;
  }
  const bool all_texts = std::all_of(value.begin(), value.end(),
                                     [](const Json& element) { return element.is_string(); });
  if (value.size() <= 4 && !all_texts) return entry(value.dump());
  if (!all_texts) return entry(fmt::format("({} values)", value.size()));
  for (const Json& line : value) {
    text += fmt::format("{}  - {}\n", indent, line.get<std::string>());
  }
  return text;
}

/// The facts of a card; they were checked when the file was read.
std::string fact_lines(const std::string& facts) {
  std::string text;
  if (facts.empty()) return text;
  const Json parsed = Json::parse(facts);
  for (const auto& [key, value] : parsed.items()) text += fact_text(key, value, "  ");
  return text;
}

std::string describe_onnx(const std::filesystem::path& path) {
  const Model model = load_model(path);
  const ModelCard& card = model.card;
  return line("model", card.name) + line("description", card.description) +
         line("detector", card.detector) + condition_lines(card.conditions) +
         line("training data", card.training_data) +
         line("written by", card.version.empty() ? "" : "ShowerGAN " + card.version) +
         fact_lines(card.facts) + describe_graph(model.graph, "  ");
}

std::string describe_definition(const std::filesystem::path& path) {
  const ModelDefinition definition = load_definition(path);
  std::string text = line("model", definition.name) + line("description", definition.description) +
                     line("detector", definition.detector) + condition_lines(definition.conditions);
  text += "  generator\n" + describe_graph(definition.generator, "    ");
  if (definition.discriminator) {
    text += "  discriminator\n" + describe_graph(*definition.discriminator, "    ");
  }
  return text;
}

std::string describe_weights(const std::filesystem::path& path) {
  std::string text = "  Keras weights\n";
  for (const auto& [name, shape] : list_named_arrays(path)) {
    text += fmt::format("    {:<56}  ({})\n", name, fmt::join(shape, ", "));
  }
  return text;
}

/// What the weights belong to: the part that was asked for, or the one with more of their layers.
std::string choose_part(const ModelDefinition& definition, const NamedArrays& weights,
                        const ConvertModelOptions& options) {
  if (!options.part.empty()) return options.part;
  const int generator = match_keras_layers(definition.generator, weights).found;
  const int discriminator =
      definition.discriminator ? match_keras_layers(*definition.discriminator, weights).found : 0;
  if (generator == discriminator) {
    throw InputError(fmt::format("the weights are neither clearly the generator's nor the "
                                 "discriminator's of '{}'",
                                 definition.name),
                     options.in.string(), "choose the right --architecture, or say --part");
  }
  return generator > discriminator ? "generator" : "discriminator";
}

nn::Graph part_of(const ModelDefinition& definition, const std::string& part) {
  if (part == "generator") return definition.generator;
  if (part != "discriminator") {
    throw InputError(fmt::format("there is no part '{}'", part), {},
                     "parts are generator and discriminator");
  }
  if (!definition.discriminator) {
    throw InputError(fmt::format("the model '{}' has no discriminator", definition.name),
                     definition.file.string());
  }
  return *definition.discriminator;
}

}  // namespace

std::string describe_model_file(const std::filesystem::path& path) {
  switch (file_kind(path)) {
    case FileKind::onnx:
      return describe_onnx(path);
    case FileKind::toml:
      return describe_definition(path);
    case FileKind::keras_weights:
    case FileKind::other_hdf5:
      return describe_weights(path);
    default:
      throw InputError("the file is no model", path.string(),
                       "models are .onnx files, .toml definitions or Keras weights (HDF5)");
  }
}

namespace {

/// The card that a definition gives to its models.
ModelCard card_of(const ModelDefinition& definition, const std::string& part) {
  ModelCard card;
  card.name = part == "generator" ? definition.name : fmt::format("{}-{}", definition.name, part);
  card.description = definition.description;
  card.detector = definition.detector;
  card.conditions = definition.conditions;
  card.version = SHOWERGAN_VERSION;
  return card;
}

/// A definition with initial weights: good for timing and for tests, not for physics, and its card
/// says so.
Model untrained_model(const ConvertModelOptions& options) {
  const ModelDefinition definition = load_definition(options.in);
  const std::string part = options.part.empty() ? "generator" : options.part;
  Model model;
  model.graph = part_of(definition, part);
  model.parameters = nn::initial_parameters(model.graph, 1);
  model.card = card_of(definition, part);
  model.card.training_data = "none: initial weights of seed 1";
  return model;
}

Model model_with_weights(const ConvertModelOptions& options) {
  switch (file_kind(options.in)) {
    case FileKind::missing:
      throw InputError(fmt::format("there is no file '{}'", options.in.string()), {},
                       "give Keras weights (HDF5) or a definition (.toml)");
    case FileKind::keras_weights:
    case FileKind::other_hdf5:
      break;
    default:
      throw InputError(fmt::format("'{}' holds no weights", options.in.string()), {},
                       "a model is made of Keras weights (HDF5) or of a definition (.toml)");
  }
  if (options.architecture.empty()) {
    throw InputError("weights alone do not say what network they belong to", options.in.string(),
                     "say --architecture NAME, such as 3dgan");
  }
  const ModelDefinition definition = find_definition(options.architecture);
  const NamedArrays weights = read_named_arrays(options.in);
  const std::string part = choose_part(definition, weights, options);
  Model model;
  model.graph = part_of(definition, part);
  model.parameters = load_keras_weights(model.graph, weights, options.in.string());
  model.card = card_of(definition, part);
  return model;
}

}  // namespace

void convert_model(const ConvertModelOptions& options) {
  Model model;
  switch (file_kind(options.in)) {
    case FileKind::toml:
      model = untrained_model(options);
      break;
    case FileKind::checkpoint:
      if (!options.architecture.empty()) {
        throw InputError("--architecture is not for a checkpoint", options.in.string(),
                         "leave it out: a checkpoint holds its own architecture");
      }
      model = gan::model_from_checkpoint(
          read_checkpoint(options.in), options.part.empty() ? "generator" : options.part,
          options.last_weights ? gan::Weights::last : gan::Weights::averaged);
      break;
    default:
      model = model_with_weights(options);
  }
  if (!options.card.empty()) merge_card_file(model.card, options.card);
  save_model(model, options.out, options.force);
}

}  // namespace showergan::app
