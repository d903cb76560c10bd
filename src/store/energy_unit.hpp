#pragma once

#include <optional>
#include <string_view>

namespace showergan {

/// GeV per unit of that name ("GeV", "MeV", "keV"), or none if the name is not known.
std::optional<double> energy_unit(std::string_view name) noexcept;

}  // namespace showergan
