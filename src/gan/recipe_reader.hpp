#pragma once

#include <filesystem>

#include "gan/recipe.hpp"
#include "model/toml_value.hpp"

namespace showergan::gan {

/// The recipe that a TOML table holds; `file` is what errors call it. Throws InputError naming file
/// and line, or the setting, for anything unknown, missing, of wrong type or out of range.
Recipe read_recipe(const TomlTable& toml, const std::filesystem::path& file);

}  // namespace showergan::gan
