#include "store/energy_unit.hpp"

#include "base/units.hpp"

namespace showergan {

std::optional<double> energy_unit(std::string_view name) noexcept {
  if (name == "GeV") return units::GeV;
  if (name == "MeV") return units::MeV;
  if (name == "keV") return units::keV;
  return std::nullopt;
}

}  // namespace showergan
