#include "montecarlo/photon_table.hpp"

#include "montecarlo/compton.hpp"
#include "montecarlo/pair_production.hpp"
#include "montecarlo/photoelectric.hpp"
#include "montecarlo/settings.hpp"

namespace showergan::montecarlo {

PhotonTable::PhotonTable(const Compton& scattering, const PairProduction& pairs,
                         const Photoelectric& photoelectric)
    : table_(1e-4, highest_energy, [&](double energy) {
        Table::Row row{};
        row[compton] = scattering.cross_section(energy);
        row[conversion] = pairs.cross_section(energy);
        row[all] = row[compton] + row[conversion] + photoelectric.cross_section(energy);
        return row;
      }) {}

}  // namespace showergan::montecarlo
