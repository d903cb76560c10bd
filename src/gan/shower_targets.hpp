#pragma once

#include <cstddef>
#include <vector>

#include "shower/condition.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::gan {

/// (n, conditions): what is known of the primaries, in the order of the model's conditions. Throws
/// InputError if the showers lack one.
std::vector<float> conditions_of(const ShowerBatch& showers,
                                 const std::vector<ConditionRange>& conditions);

/// (n) sum of the cells of each shower.
std::vector<float> cell_sums(const ShowerBatch& showers);

/// Place of "energy" among the conditions. Throws InputError if the model has no such condition.
std::size_t energy_place(const std::vector<ConditionRange>& conditions);

}  // namespace showergan::gan
