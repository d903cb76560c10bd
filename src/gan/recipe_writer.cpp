#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gan/recipe.hpp"

namespace showergan::gan {
namespace {

/// A basic string of TOML.
std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (code < 0x20 || code == 0x7F) {
      result += fmt::format("\\u{:04X}", code);
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string key_text(const std::string& key) {
  constexpr std::string_view bare =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const bool needs_quotes = key.empty() || key.find_first_not_of(bare) != key.npos;
  return needs_quotes ? toml_string(key) : key;
}

/// Lines of a TOML file. Numbers have as many digits as reading them back needs.
class TomlText {
 public:
  void table(const std::string& name) { text_ += fmt::format("\n[{}]\n", name); }

  template <typename Number>
  void number(const std::string& key, Number value) {
    line(key, fmt::format("{}", value));
  }
  void text(const std::string& key, const std::string& value) { line(key, toml_string(value)); }
  void line(const std::string& key, const std::string& value) {
    text_ += fmt::format("{} = {}\n", key_text(key), value);
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string list_of(const std::vector<std::string>& values) {
  std::vector<std::string> texts;
  for (const std::string& value : values) texts.push_back(toml_string(value));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string target_text(const LossTerm& term) {
  switch (term.target) {
    case Target::label:
      return "label";
    case Target::cell_sum:
      return "cell_sum";
    case Target::condition:
      break;
  }
  return term.condition;
}

void write_data(TomlText& out, const DataRecipe& data) {
  out.table("data");
  out.number("threshold", data.threshold);
  out.number("least_sum", data.least_sum);
  out.number("scale", data.scale);
  out.number("power", data.power);
  out.text("symmetries", data.symmetries);
  out.number("validation", data.validation);
  out.number("memory", data.memory);
}

void write_train(TomlText& out, const Recipe& recipe) {
  out.table("train");
  out.number("seed", recipe.seed);
  out.number("batch", recipe.batch);
  out.number("epochs", recipe.epochs);
  out.number("steps", recipe.steps);
  out.number("threads", recipe.threads);
  out.number("generator_updates", recipe.generator_updates);
  out.number("discriminator_first", recipe.discriminator_first);
  out.number("label_flips", recipe.label_flips);
  out.text("fake_conditions", recipe.fake_conditions);
  out.number("average", recipe.average);
  out.text("precision", std::string(name_of(recipe.precision)));
  out.number("patience", recipe.patience);
}

void write_loss(TomlText& out, const LossTerm& term) {
  out.table("losses." + key_text(term.output));
  out.text("loss", term.loss);
  out.text("generator_loss", term.generator_loss);
  out.number("weight", term.weight);
  out.text("target", target_text(term));
  if (term.target != Target::label) out.number("unit", term.unit);
  if (term.target == Target::cell_sum) {
    out.line("polynomial", fmt::format("[{}]", fmt::join(term.polynomial, ", ")));
  }
}

/// "constant", or a table with the parameters.
std::string schedule_text(const OptimizerRecipe& recipe) {
  if (recipe.schedule_parameters.empty()) return toml_string(recipe.schedule);
  std::string text = "{ kind = " + toml_string(recipe.schedule);
  for (const auto& [name, value] : recipe.schedule_parameters) {
    text += fmt::format(", {} = {}", key_text(name), value);
  }
  return text + " }";
}

void write_optimizer(TomlText& out, const std::string& network, const OptimizerRecipe& recipe) {
  out.table(network);
  out.text("optimizer", recipe.optimizer);
  out.number("rate", recipe.rate);
  for (const auto& [name, value] : recipe.parameters) out.number(name, value);
  out.number("clip", recipe.clip);
  out.line("schedule", schedule_text(recipe));
  out.number("warm_up", recipe.warm_up);
  out.number("spectral_limit", recipe.spectral_limit);
}

void write_start(TomlText& out, const StartRecipe& start) {
  write_optimizer(out, "start", start.optimizer);
  out.number("steps", start.steps);
  out.text("output", start.output);
  out.number("mean", start.mean);
  out.number("weight", start.weight);
}

void write_layers(TomlText& out, const layers::LayerFlowRecipe& layers) {
  out.table("layers");
  out.number("rate", layers.rate);
  out.number("weight_decay", layers.weight_decay);
  out.number("dropout", layers.dropout);
  out.number("batch", layers.batch);
  out.number("epochs", layers.epochs);
  out.number("width_epochs", layers.width_epochs);
  out.number("patience", layers.patience);
}

}  // namespace

std::string to_toml(const Recipe& recipe) {
  TomlText out;
  out.text("model", recipe.model);
  write_data(out, recipe.data);
  write_train(out, recipe);
  for (const LossTerm& term : recipe.losses) write_loss(out, term);
  write_optimizer(out, "generator", recipe.generator);
  write_optimizer(out, "discriminator", recipe.discriminator);
  if (!recipe.generator_losses.empty()) out.table("generator_losses");
  for (const auto& [name, weight] : recipe.generator_losses) out.number(name, weight);
  if (recipe.start) write_start(out, *recipe.start);
  if (recipe.profile) {
    out.table("profile");
    out.number("weight", recipe.profile->weight);
    out.number("decay", recipe.profile->decay);
  }
  write_layers(out, recipe.layers);
  out.table("validation");
  out.number("every", recipe.validation_every);
  out.number("showers", recipe.validation_showers);
  out.line("metrics", list_of(recipe.validation_metrics));
  out.table("checkpoints");
  out.number("every", recipe.checkpoint_every);
  out.number("keep", recipe.checkpoint_keep);
  return out.take();
}

}  // namespace showergan::gan
