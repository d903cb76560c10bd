#pragma once

/// Energies are in GeV, lengths in mm, angles in rad. Multiply by a unit to get there, divide by it
/// to leave: `15.15 * units::keV`, `energy / units::MeV`.
namespace showergan::units {

inline constexpr double GeV = 1.0;
inline constexpr double MeV = 1e-3 * GeV;
inline constexpr double keV = 1e-6 * GeV;
inline constexpr double mm = 1.0;
inline constexpr double cm = 10.0 * mm;

}  // namespace showergan::units
