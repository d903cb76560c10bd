#pragma once

#include <string>

#include "model/toml_value.hpp"

namespace showergan::gan {

/// Changes a recipe as `setting` says, KEY=VALUE with a dotted key: "train.batch=64",
/// "generator.schedule.epochs=20". Tables that are not there are made; whether the key is known is
/// found out when the recipe is read.
///
/// A value that is no TOML is taken as a text. Where a setting changes the optimiser or the kind of
/// a schedule, the parameters of the former one are dropped. Throws InputError for a setting that
/// has another form, or goes into a value that is no table.
void apply_setting(TomlTable& recipe, const std::string& setting);

}  // namespace showergan::gan
