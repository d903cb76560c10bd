#pragma once

#include <string>

#include "store/shower_reader.hpp"

namespace showergan::app {

/// The particle whose showers a file holds, "e-": its attribute `particle`, else what `simulate`
/// has written into `source`; empty if the file does not say.
std::string particle_name(const ShowerReader& file);

/// The particle that a `source` names; empty if it is not one that `simulate` writes.
std::string particle_of_source(const std::string& source);

}  // namespace showergan::app
