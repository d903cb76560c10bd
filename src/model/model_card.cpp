#include "model/model_card.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"

#include "model/read_file.hpp"

namespace showergan {
namespace {

using Json = nlohmann::ordered_json;

std::string unit_of(const std::string& condition) {
  return condition == "energy" ? "GeV" : "rad";
}

std::string value_or_empty(const std::map<std::string, std::string>& metadata,
                           const std::string& key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : found->second;
}

std::map<std::string, nn::InputRange> quantization_of(const std::string& text) {
  std::map<std::string, nn::InputRange> layers;
  if (text.empty()) return layers;
  const Json parsed = Json::parse(text);
  if (!parsed.is_object()) throw InputError("the model card's quantization is no JSON object");
  for (const auto& [layer, entry] : parsed.items()) {
    const nn::InputRange range{entry.at("part").get<float>(),
                               entry.at("channels").get<std::vector<float>>()};
    const auto positive = [](float number) { return number > 0 && std::isfinite(number); };
    if (!positive(range.part) || !std::ranges::all_of(range.channels, positive)) {
      throw InputError(fmt::format("the range of the quantised layer '{}' is not positive", layer));
    }
    layers[layer] = range;
  }
  return layers;
}

std::vector<ConditionRange> conditions_of(const std::string& text) {
  std::vector<ConditionRange> conditions;
  if (text.empty()) return conditions;
  for (const Json& entry : Json::parse(text)) {
    conditions.push_back({entry.at("name").get<std::string>(), entry.at("low").get<double>(),
                          entry.at("high").get<double>()});
  }
  return conditions;
}

void merge_condition(ModelCard& card, const std::string& name, const Json& range) {
  const auto found = std::find_if(card.conditions.begin(), card.conditions.end(),
                                  [&](const ConditionRange& c) { return c.name == name; });
  if (found == card.conditions.end()) {
    throw InputError(fmt::format("the model has no condition '{}'", name));
  }
  found->low = range.at(0).get<double>();
  found->high = range.at(1).get<double>();
  if (!(found->low < found->high)) {
    throw InputError(fmt::format("the range of '{}' is not [low, high]", name));
  }
}

void merge(ModelCard& card, const Json& changes) {
  if (!changes.is_object()) throw InputError("a card is a JSON object");
  const std::map<std::string, std::string*> texts{{"name", &card.name},
                                                  {"description", &card.description},
                                                  {"training_data", &card.training_data}};
  Json facts = card.facts.empty() ? Json::object() : Json::parse(card.facts);
  for (const auto& [key, value] : changes.items()) {
    if (const auto text = texts.find(key); text != texts.end()) {
      *text->second = value.get<std::string>();
    } else if (key == "conditions") {
      for (const auto& [name, range] : value.items()) merge_condition(card, name, range);
    } else {
      facts[key] = value;
    }
  }
  card.facts = facts.empty() ? std::string() : facts.dump();
}

std::string quantization_text(const ModelCard& card) {
  if (card.quantization.empty()) return {};
  Json layers = Json::object();
  for (const auto& [layer, range] : card.quantization) {
    layers[layer] = {{"part", range.part}, {"channels", range.channels}};
  }
  return layers.dump();
}

}  // namespace

std::map<std::string, std::string> card_to_metadata(const ModelCard& card) {
  Json conditions = Json::array();
  for (const ConditionRange& c : card.conditions) {
    conditions.push_back(
        {{"name", c.name}, {"low", c.low}, {"high", c.high}, {"unit", unit_of(c.name)}});
  }
  std::map<std::string, std::string> metadata{{"name", card.name},
                                              {"description", card.description},
                                              {"detector", card.detector},
                                              {"conditions", conditions.dump()},
                                              {"training_data", card.training_data},
                                              {"version", card.version},
                                              {"quantization", quantization_text(card)},
                                              {"facts", card.facts}};
  std::erase_if(metadata, [](const auto& entry) { return entry.second.empty(); });
  return metadata;
}

ModelCard card_from_metadata(const std::map<std::string, std::string>& metadata) {
  ModelCard card;
  card.name = value_or_empty(metadata, "name");
  card.description = value_or_empty(metadata, "description");
  card.detector = value_or_empty(metadata, "detector");
  card.training_data = value_or_empty(metadata, "training_data");
  card.version = value_or_empty(metadata, "version");
  card.facts = value_or_empty(metadata, "facts");
  try {
    card.conditions = conditions_of(value_or_empty(metadata, "conditions"));
    card.quantization = quantization_of(value_or_empty(metadata, "quantization"));
    if (!card.facts.empty() && !Json::parse(card.facts).is_object()) {
      throw InputError("the model card's facts are no JSON object");
    }
  } catch (const nlohmann::json::exception&) {
    throw InputError("the model card's conditions, quantization or facts are no valid JSON");
  }
  return card;
}

void merge_card_file(ModelCard& card, const std::filesystem::path& path) {
  const std::string text = read_file(path, "card");
  try {
    merge(card, Json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("the card is not understood: {}", error.what()), path.string());
  } catch (const InputError& error) {
    throw InputError(error.what(), path.string());
  }
}

}  // namespace showergan
