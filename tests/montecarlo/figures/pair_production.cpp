#include "montecarlo/pair_production.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/pair_suppression.hpp"

namespace showergan::montecarlo::figures {
namespace {

/// barn per atom.
double barn(const Medium& medium, const PairProduction& process, double energy) {
  return process.cross_section(energy) / medium.elements[0].density * 1e22;
}

Panel total(Comparison& comparison) {
  Panel panel;
  panel.title = "Pair production: cross-section per atom";
  panel.x = {"photon energy / MeV", 1, 1e6, true};
  panel.y = {"σ / barn", 1e-3, 1e3, true};
  panel.ratio_label = "ours / XCOM";
  panel.key = "top left";
  // Pair production in the fields of nucleus and electrons in NIST XCOM (SRD 8, version 3.1), barn
  // per atom: the sum of both.
  const std::vector<double> energies = {1.5, 2,   3,   4,    5,    8,   10,  15, 20,
                                        50,  100, 500, 1000, 3000, 1e4, 3e4, 1e5};
  const Published rows[] = {
      {"W",
       energies,
       {0.4611, 1.430, 3.261, 4.790, 6.077, 9.047, 10.585, 13.563, 15.689, 22.155, 26.232, 31.831,
        32.959, 33.894, 34.306, 34.451, 34.513}},
      {"Si",
       energies,
       {8.917e-3, 0.03513, 0.10034, 0.16351, 0.2205, 0.3594, 0.4317, 0.5668, 0.6647, 0.9707, 1.1731,
        1.4760, 1.5432, 1.5999, 1.6268, 1.6362, 1.6399}}};
  for (int i = 0; i < 2; ++i) {
    const Medium medium = i == 0 ? tungsten() : silicon();
    const PairProduction process(medium);
    comparison.add(panel, i, rows[i], [&](double energy) { return barn(medium, process, energy); });
  }
  panel.series.push_back({"NIST XCOM", Style::published, 0, {}, {}, {}});
  return panel;
}

/// dσ/dε as the header of PairProduction writes it.
double density(const Medium& medium, double energy, double share) {
  const double z = medium.elements[0].z;
  const double sharing = share * (1 - share);
  const Screening phi = pair_screening(136 * electron_mass / (energy * sharing * std::cbrt(z)));
  const LpmFactors by =
      energy > 100e3 ? pair_suppression(lpm_energy(medium.radiation_length), energy, sharing, z)
                     : LpmFactors{};
  const double common = std::log(z) / 3 + (energy > 50 ? coulomb_correction(z) : 0);
  return std::max(0.0,
                  by.xi * (2 * by.phi + by.g) / 3 * (1 - 2 * sharing) * (phi.phi1 / 4 - common) +
                      by.xi * by.g * 2.0 / 3 * sharing * (phi.phi2 / 4 - common));
}

Panel sharing(int samples) {
  Panel panel;
  panel.title = "Share of the electron, tungsten";
  panel.x = {"E_{e^-} / E", 0, 1, false};
  panel.y = {"dN / d(E_{e^-}/E) / N", 0, 2.6, false};
  panel.ratio_label = "sampled / formula";
  panel.key = "top center";
  const Medium medium = tungsten();
  const PairProduction process(medium);
  RandomStream random(1, 3);
  const struct {
    double energy;
    const char* label;
  } rows[] = {{5, "5 MeV, sampled"}, {1e3, "1 GeV, sampled"}, {1e6, "1 TeV, sampled"}};
  int colour = 0;
  for (const auto& row : rows) {
    const double energy = row.energy;
    const double least = electron_mass / energy;
    const auto edges = even_edges(least, 1 - least, 30);
    const auto expected =
        shares(edges, [&](double share) { return density(medium, energy, share); });
    add_distribution(panel, row.label, colour++, {edges}, expected, samples, [&] {
      Interaction result;
      process.interact({ParticleKind::photon, energy, {}, {0, 0, 1}}, random, result);
      return (result.secondaries[0].energy + electron_mass) / energy;
    });
  }
  panel.series.push_back({"Bethe and Heitler, LPM", Style::line, 0, {}, {}, {}});
  return panel;
}

/// What the medium leaves of the cross-section, by a thin one with the same atoms; to higher
/// energies than showers have, where it shows.
Panel suppression() {
  Panel panel;
  panel.title = "LPM suppression";
  panel.x = {"photon energy / MeV", 1e5, 1e9, true};
  panel.y = {"σ / σ without suppression", 0, 1.1, false};
  panel.key = "bottom left";
  int colour = 0;
  for (const char* symbol : {"W", "Si"}) {
    const Medium dense = symbol[0] == 'W' ? tungsten() : silicon();
    const Medium thin = pure(symbol, 1e-9);
    const PairProduction in_dense(dense);
    const PairProduction in_thin(thin);
    panel.series.push_back(curve(panel, symbol, Style::line, colour++, [&](double energy) {
      return barn(dense, in_dense, energy) / barn(thin, in_thin, energy);
    }));
  }
  return panel;
}

}  // namespace

Result pair_production(int samples) {
  Comparison comparison("Pair production, barn (NIST XCOM)");
  Panel first = total(comparison);
  return {{"montecarlo-pair-production", {std::move(first), sharing(samples), suppression()}},
          {comparison}};
}

}  // namespace showergan::montecarlo::figures
