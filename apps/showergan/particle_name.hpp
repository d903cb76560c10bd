#pragma once

#include <string>

#include "store/shower_reader.hpp"

namespace showergan::app {

/// The particle whose showers a file holds, "e-", as `simulate` has written it into the attribute
/// `source`; empty if the file does not say.
std::string particle_name(const ShowerReader& file);

}  // namespace showergan::app
