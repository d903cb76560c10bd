#include <algorithm>
#include <cmath>
#include <iterator>

#include <nlohmann/json.hpp>

#include "gan/history_reader.hpp"

namespace showergan::gan {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A number, or the words that History writes for what JSON cannot say.
std::optional<double> number_in(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value == "nan") return kNone;
  if (value == "inf") return std::numeric_limits<double>::infinity();
  if (value == "-inf") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

std::optional<double> number(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? std::nullopt : number_in(*found);
}

std::int64_t integer(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<std::int64_t>() : 0;
}

std::string text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Puts a number of a step into its column; lines have their numbers in the same order nearly
/// always, so that the column after the last one is looked at first.
void put(HistoryRecord& record, StepRecord& step, const std::string& name, double value) {
  const std::size_t next = step.values.size();
  if (next < record.columns.size() && record.columns[next] == name) {
    step.values.push_back(value);
    return;
  }
  const auto found = std::ranges::find(record.columns, name);
  const auto column = static_cast<std::size_t>(found - record.columns.begin());
  if (found == record.columns.end()) record.columns.push_back(name);
  if (step.values.size() <= column) step.values.resize(column + 1, kNone);
  step.values[column] = value;
}

void add_step(HistoryRecord& record, const Json& json) {
  StepRecord step;
  step.step = integer(json, "step");
  step.epoch = integer(json, "epoch");
  step.showers = integer(json, "showers");
  step.seconds = number(json, "seconds").value_or(0);
  step.waited = number(json, "waited").value_or(0);
  step.suspicious = json.contains("images");
  for (const auto& [group, values] : json.items()) {
    if (!values.is_object()) continue;
    for (const auto& [name, value] : values.items()) {
      if (const auto found = number_in(value)) put(record, step, group + "." + name, *found);
    }
  }
  while (!record.steps.empty() && record.steps.back().step >= step.step) record.steps.pop_back();
  while (!record.epochs.empty() && record.epochs.back().step >= step.step) record.epochs.pop_back();
  record.steps.push_back(std::move(step));
}

void add_epoch(HistoryRecord& record, const Json& json) {
  EpochRecord epoch;
  epoch.step = integer(json, "step");
  epoch.epoch = integer(json, "epoch");
  epoch.showers_per_second = number(json, "showers_per_s");
  epoch.waiting = number(json, "waiting");
  epoch.figure = number(json, "figure");
  epoch.validation_seconds = number(json, "validation_s");
  const auto best = json.find("best");
  epoch.best = best != json.end() && best->is_boolean() && best->get<bool>();
  const auto object = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_object() ? *found : Json::object();
  };
  const Json metrics = object("validation");
  const Json floors = object("floor");
  for (const auto& [name, value] : metrics.items()) {
    const auto floor = floors.find(name);
    epoch.metrics.push_back({name, number_in(value).value_or(kNone),
                             floor == floors.end() ? kNone : number_in(*floor).value_or(kNone)});
  }
  while (!record.epochs.empty() && record.epochs.back().step >= epoch.step) {
    record.epochs.pop_back();
  }
  record.epochs.push_back(std::move(epoch));
}

void add_start(HistoryRecord& record, const Json& json) {
  record.starts.push_back({integer(json, "step"), integer(json, "time"), text(json, "version"),
                           text(json, "host"), integer(json, "threads"),
                           integer(json, "total_steps"), integer(json, "steps_per_epoch"),
                           integer(json, "showers"), integer(json, "held_out")});
  record.end.reset();
}

}  // namespace

void add_line(HistoryRecord& record, const std::string& line) {
  const Json json = Json::parse(line, nullptr, false);
  const std::string type = json.is_object() ? text(json, "type") : "";
  if (type == "step") {
    add_step(record, json);
  } else if (type == "epoch") {
    add_epoch(record, json);
  } else if (type == "start") {
    add_start(record, json);
  } else if (type == "end") {
    record.end = {integer(json, "step"), integer(json, "time"), text(json, "state"),
                  text(json, "text")};
  } else {
    ++record.unreadable;
    return;
  }
  ++record.lines;
}

}  // namespace showergan::gan
