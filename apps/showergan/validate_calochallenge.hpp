#pragma once

#include <string>
#include <vector>

#include "store/shower_reader.hpp"
#include "validate_options.hpp"

namespace showergan::app {

/// Whether the files are in the CaloChallenge layout, whose rings and sectors are compared by its
/// protocol; one that stands for a Cartesian image is not. Throws InputError if some are and others
/// are not.
bool by_calochallenge(const std::vector<ShowerReader>& files);

/// Compares candidates with a reference, the first file, by the protocol of the CaloChallenge.
/// Throws InputError if the binnings differ or an option is for Cartesian images only.
void compare_calochallenge(const ValidateOptions& options, const std::vector<ShowerReader>& files,
                           const std::vector<std::string>& labels);

}  // namespace showergan::app
