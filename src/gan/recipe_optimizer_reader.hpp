#pragma once

#include "gan/recipe.hpp"
#include "model/definition_table.hpp"

namespace showergan::gan {

/// How one of the networks learns: the table [generator] or [discriminator]. Every key that is none
/// of optimizer, rate, clip, schedule and warm_up is a parameter of the optimiser. A schedule is
/// its name, or a table with its name as `kind` and its parameters. All parameters that are not
/// there get the default of the optimiser or schedule. Throws InputError as load_recipe.
OptimizerRecipe read_optimizer(const DefinitionTable& table);

}  // namespace showergan::gan
