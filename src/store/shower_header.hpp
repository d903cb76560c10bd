#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "store/hdf5_output.hpp"
#include "store/write_options.hpp"

namespace showergan {

/// The root attributes of a file, those of shower_format.hpp, as names and values.
using ShowerHeader = std::vector<std::pair<std::string, std::variant<std::string, std::uint64_t>>>;

/// What these options put there. An unknown provenance has no attribute.
ShowerHeader shower_header(const WriteOptions& options);

/// Throws Error.
void write_header(const Hdf5Output& output, const ShowerHeader& header);

/// How the attributes of an existing file (as text) differ from a header: "seed is 7, not 8" for
/// each that does, in a fixed order. Attributes of other names are not looked at.
std::vector<std::string> header_differences(
    const std::vector<std::pair<std::string, std::string>>& attributes, const ShowerHeader& header);

}  // namespace showergan
