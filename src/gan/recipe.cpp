#include "gan/recipe.hpp"

#include <filesystem>

#include "base/resources.hpp"
#include "gan/recipe_reader.hpp"
#include "gan/recipe_setting.hpp"
#include "model/toml_value.hpp"

namespace showergan::gan {
namespace {

Recipe read_with_settings(TomlTable toml, const std::filesystem::path& file,
                          const std::vector<std::string>& settings) {
  for (const std::string& setting : settings) apply_setting(toml, setting);
  return read_recipe(toml, file);
}

}  // namespace

Recipe load_recipe(const std::string& name_or_path, const std::vector<std::string>& settings) {
  const std::filesystem::path path = find_resource("recipes", name_or_path, {".toml"});
  return read_with_settings(read_toml(path), path, settings);
}

Recipe parse_recipe(const std::string& text, const std::string& name,
                    const std::vector<std::string>& settings) {
  return read_with_settings(parse_toml(text, name), name, settings);
}

}  // namespace showergan::gan
