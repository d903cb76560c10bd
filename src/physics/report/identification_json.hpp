#pragma once

#include <string>
#include <vector>

#include "physics/identification/identification.hpp"

namespace showergan::physics {

/// JSON: [{"other", "file", "training_showers", "showers", "energy_low", "energy_high", "auc",
/// "candidate_auc", "working_points": [{"efficiency", "cut", "reference", "candidate", "other",
/// "other_by_candidate"}], "energies": [{"low", "high", "reference", "candidate", "other"}]}],
/// where each part of showers is {"value", "error", "showers"}; "reason" instead of numbers.
std::string identification_json(const std::vector<Identification>& identifications);

}  // namespace showergan::physics
