#pragma once

#include <numbers>

/// The embedded Monte Carlo computes as its sources do: kinetic energies in MeV, lengths in mm,
/// cross-sections in mm². What goes in and out of the module is in the units of the house
/// (base/units.hpp).
namespace showergan::montecarlo {

// CODATA 2018.
inline constexpr double electron_mass = 0.51099895;          ///< MeV
inline constexpr double electron_radius = 2.8179403262e-12;  ///< classical, mm
inline constexpr double fine_structure = 1 / 137.035999084;
inline constexpr double h_bar_c = 1.973269804e-10;     ///< MeV mm
inline constexpr double avogadro = 6.02214076e23;      ///< per mol
inline constexpr double neutral_pion_mass = 134.9768;  ///< MeV (PDG 2022)

inline constexpr double pi = std::numbers::pi;
inline constexpr double two_pi = 2 * std::numbers::pi;
/// 2π r_e² m_e, mm² MeV: what losses to electrons come in.
inline constexpr double two_pi_r2_mass = two_pi * electron_radius * electron_radius * electron_mass;

}  // namespace showergan::montecarlo
