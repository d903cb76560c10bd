#pragma once

#include "gan/recipe.hpp"
#include "model/definition_table.hpp"

namespace showergan::gan {

/// How a network learns: the keys of an optimiser in the table [generator], [discriminator] or
/// [start], which may have others. The parameters of the optimiser stand beside its name; a
/// schedule is its name, or a table with its name as `kind` and its parameters. All parameters that
/// are not there get the default of the optimiser or schedule. Throws InputError as load_recipe.
OptimizerRecipe read_optimizer(const DefinitionTable& table);

}  // namespace showergan::gan
