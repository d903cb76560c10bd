#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "physics/identification/identification.hpp"

namespace showergan::physics {

/// [{"other", "file", "training_showers", "showers", "energy_low", "energy_high", "auc",
/// "candidate_auc", "working_points": [{"efficiency", "cut", "reference", "candidate", "other",
/// "other_by_candidate"}], "energies": [{"low", "high", "reference", "candidate", "other"}]}],
/// where each part of showers is {"value", "error", "showers"}; "reason" instead of numbers.
nlohmann::ordered_json identification_json(const std::vector<Identification>& identifications);

}  // namespace showergan::physics
