#include "montecarlo/bremsstrahlung.hpp"

#include <cmath>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo::figures {
namespace {

constexpr auto electron = ParticleKind::electron;
constexpr double no_cut = 1e7;  // MeV: all photons are in the loss

Panel losses(Comparison& comparison) {
  Panel panel;
  panel.title = "Radiative stopping power of electrons";
  panel.x = {"kinetic energy T / MeV", 0.01, 1e6, true};
  panel.y = {"S_{rad} / T / cm^2 g^{-1}", 0.01, 2, true};
  panel.ratio_label = "ours / ESTAR";
  panel.ratio_range = 0.02;
  // Integrals over the tables of Seltzer and Berger, on which NIST ESTAR rests, MeV cm²/g.
  const std::vector<double> energies = {0.1, 1, 10, 100, 1000};
  const Published rows[] = {{"W", energies, {4.064e-2, 0.1154, 1.127, 13.55, 145.2}},
                            {"Si", energies, {8.333e-3, 2.351e-2, 0.3141, 4.088, 44.63}}};
  for (int i = 0; i < 2; ++i) {
    const Medium medium = i == 0 ? tungsten() : silicon();
    const Bremsstrahlung process(medium, no_cut);
    const auto stopping = [&](double energy) {
      return process.loss(electron, energy) * 10 / medium.density;
    };
    comparison.add(rows[i], stopping);
    Published per_energy = rows[i];
    for (std::size_t k = 0; k < energies.size(); ++k) per_energy.values[k] /= energies[k];
    Comparison("").add(panel, i, per_energy,
                       [&](double energy) { return stopping(energy) / energy; });
  }
  panel.series.push_back({"Seltzer and Berger (ESTAR)", Style::published, 0, {}, {}, {}});
  // The radiation lengths of the PDG (Atomic and nuclear properties), g/cm².
  panel.series.push_back({"1/X_0 (PDG)", Style::dashed, 2, {1e3, 1e6}, {1 / 6.76, 1 / 6.76}, {}});
  panel.series.push_back({"", Style::dashed, 2, {1e3, 1e6}, {1 / 21.82, 1 / 21.82}, {}});
  return panel;
}

Panel spectrum(int samples) {
  Panel panel;
  panel.title = "Photons above 0.1 MeV, tungsten";
  panel.x = {"photon energy k / MeV", 0.1, 1e6, true};
  panel.y = {"X_0 k dσ/dk", 0, 2.4, false};
  panel.ratio_label = "sampled / formula";
  panel.key = "top right";
  constexpr double cut = 0.1;
  const Medium medium = tungsten();
  const Bremsstrahlung process(medium, cut);
  const Medium thin_medium = pure("W", 1e-9);
  const Bremsstrahlung thin(thin_medium, cut);
  RandomStream random(1, 7);
  const struct {
    double energy;
    const char* label;
  } rows[] = {{1e3, "1 GeV, sampled"}, {1e5, "100 GeV, sampled"}, {1e6, "1 TeV, sampled"}};
  int colour = 0;
  for (const auto& row : rows) {
    const double energy = row.energy;
    const auto edges = logarithmic_edges(cut, energy, 40);
    const auto expected =
        shares(edges, [&](double k) { return process.differential(electron, energy, k) / k; });
    panel.series.push_back(curve(panel, "", Style::dashed, colour, [&](double k) {
      return k < energy ? thin.differential(electron, energy, k) * thin_medium.radiation_length
                        : NAN;
    }));
    const double scale = process.cross_section(electron, energy) * medium.radiation_length;
    add_distribution(panel, row.label, colour++, {edges, true, scale}, expected, samples, [&] {
      Interaction result;
      process.interact({electron, energy, {}, {0, 0, 1}}, random, result);
      return result.secondaries[0].energy;
    });
  }
  panel.series.push_back({"formula", Style::line, 0, {}, {}, {}});
  panel.series.push_back({"in a thin gas", Style::dashed, 0, {}, {}, {}});
  return panel;
}

}  // namespace

Result bremsstrahlung(int samples) {
  Comparison comparison(
      "Radiative stopping power, MeV cm²/g (Seltzer and Berger, as in NIST ESTAR)");
  Panel first = losses(comparison);
  return {{"montecarlo-bremsstrahlung", {std::move(first), spectrum(samples)}}, {comparison}};
}

}  // namespace showergan::montecarlo::figures
