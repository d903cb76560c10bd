#include "bench_model.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/resources.hpp"
#include "model/definition.hpp"
#include "model/model_file.hpp"

namespace showergan::app {
namespace {

bool is_definition(const std::string& name) {
  if (std::filesystem::path(name).extension() == ".toml") return true;
  const auto among = [&](const char* ending) {
    return std::ranges::count(resource_names("models", {ending}), name) > 0;
  };
  return !std::filesystem::exists(name) && !among(".onnx") && among(".toml");
}

}  // namespace

Model bench_model(const std::string& name, const std::string& part) {
  if (!is_definition(name)) {
    if (part == "discriminator") {
      throw InputError("a model file has one part only", name,
                       "leave --part out, or give a definition");
    }
    return find_model(name);
  }
  const ModelDefinition definition = find_definition(name);
  if (part == "discriminator" && !definition.discriminator) {
    throw InputError(fmt::format("the model '{}' has no discriminator", definition.name),
                     definition.file.string());
  }
  Model model;
  model.graph = part == "discriminator" ? *definition.discriminator : definition.generator;
  model.parameters = nn::initial_parameters(model.graph, 1);
  model.card.name = definition.name;
  model.card.detector = definition.detector;
  model.card.conditions = definition.conditions;
  return model;
}

}  // namespace showergan::app
