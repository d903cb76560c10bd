#include <fmt/format.h>

#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/production_cut.hpp"

namespace showergan::montecarlo::figures {
namespace {

std::string row(const Medium& medium, double range, double photons, double electrons) {
  const double photon = photon_cut(medium, range) * 1e3;
  const double electron = electron_cut(medium, range) * 1e3;
  if (photons == 0) {
    return fmt::format("| {} | {:g} mm | {:.2f} | | {:.1f} | |\n", medium.name, range, photon,
                       electron);
  }
  return fmt::format("| {} | {:g} mm | {:.2f} | {:.2f} | {:.1f} | {:.1f} |\n", medium.name, range,
                     photon, photons, electron, electrons);
}

}  // namespace

std::string production_cuts() {
  const Medium lead = pure("Pb", 11.35);
  // Silicon and argon as Geant4 11 prints them (HepEmShow's documentation, "Example"), lead as
  // earlier versions did, which found a range to 1 % only.
  return "| production cuts, keV | range | photons | Geant4 | electrons | Geant4 |\n"
         "|---|---|---|---|---|---|\n" +
         row(silicon(), 0.7, 5.85422, 423.34) + row(pure("Ar", 1.396), 0.7, 5.20429, 273.968) +
         row(lead, 1.0, 101.843, 1367.49) + row(silicon(), 0.1, 0, 0) + row(tungsten(), 0.1, 0, 0);
}

}  // namespace showergan::montecarlo::figures
