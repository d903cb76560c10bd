#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "model/model.hpp"

namespace showergan {

/// The card as the metadata of a model file: name, description, detector, conditions (JSON),
/// noise_inputs, training_data, version, quantization (JSON), facts (JSON).
std::map<std::string, std::string> card_to_metadata(const ModelCard& card);

/// The other way; what is missing stays empty. Throws InputError if the conditions, the
/// quantization or the facts are damaged.
ModelCard card_from_metadata(const std::map<std::string, std::string>& metadata);

/// Merges a JSON object into a card: `name`, `description`, `training_data` (texts) and
/// `conditions`
/// ({"energy": [10, 500]}: ranges) replace those of the card; everything else goes to the facts, a
/// remark about the detector as well (which detector it is, the definition says). Throws
/// InputError, naming the file, for anything but such an object.
void merge_card_file(ModelCard& card, const std::filesystem::path& path);

}  // namespace showergan
