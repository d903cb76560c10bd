#pragma once

#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {

/// Production thresholds in kinetic energy, MeV, that correspond in a medium to a cut in range, mm:
/// below, no secondary is made. As Geant4's range-to-energy converters (G4VRangeToEnergyConverter
/// since Geant4 11, and the approximate losses and cross-sections of its subclasses; Geant4
/// documentation, Book for Application Developers, "Production threshold versus tracking cut"). At
/// least 990 eV.

/// The energy whose range by the continuous loss is `range`.
double electron_cut(const Medium& medium, double range);

/// The energy whose absorption length, five mean free paths, is `range`.
double photon_cut(const Medium& medium, double range);

}  // namespace showergan::montecarlo
