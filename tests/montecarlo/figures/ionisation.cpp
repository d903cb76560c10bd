#include "montecarlo/ionisation.hpp"

#include <cmath>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/collision_cross_section.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/density_effect.hpp"
#include "montecarlo/production_cut.hpp"

namespace showergan::montecarlo::figures {
namespace {

constexpr auto electron = ParticleKind::electron;
constexpr double no_cut = 1e9;  // MeV

/// MeV cm²/g.
double mass_stopping_power(const Medium& medium, double cut, double energy) {
  return Ionisation(medium, cut).loss(electron, energy) * 10 / medium.density;
}

double beta_gamma(double energy) {
  const double tau = energy / electron_mass;
  return std::sqrt(tau * (tau + 2));
}

Panel losses(Comparison& comparison) {
  Panel panel;
  panel.title = "Collision stopping power of electrons";
  panel.x = {"kinetic energy / MeV", 1e-3, 1e5, true};
  panel.y = {"S_{col} / MeV cm^2 g^{-1}", 0.5, 200, true};
  panel.ratio_label = "ours / ESTAR";
  panel.ratio_range = 0.02;
  // NIST ESTAR (SRD 124; ICRU Report 37, 1984).
  const Published row = {
      "Si, all transfers", {0.01, 0.1, 0.5, 1, 10}, {16.89, 3.265, 1.638, 1.507, 1.697}};
  comparison.add(panel, 0, row,
                 [](double energy) { return mass_stopping_power(silicon(), no_cut, energy); });
  panel.series.push_back(curve(panel, "W, all transfers", Style::line, 1, [](double energy) {
    return mass_stopping_power(tungsten(), no_cut, energy);
  }));
  int colour = 0;
  for (const Medium& medium : {silicon(), tungsten()}) {
    const double cut = electron_cut(medium, 0.1);
    panel.series.push_back(
        curve(panel, medium.name + ", cut of 0.1 mm", Style::dashed, colour++,
              [&](double energy) { return mass_stopping_power(medium, cut, energy); }));
  }
  panel.series.push_back({"NIST ESTAR, Si", Style::published, 0, {}, {}, {}});
  return panel;
}

Panel density_effects(Comparison& comparison) {
  Panel panel;
  panel.title = "Density effect";
  panel.x = {"kinetic energy of an electron / MeV", 0.1, 1e4, true};
  panel.y = {"δ", 0, 18, false};
  panel.ratio_label = "ours / ESTAR";
  panel.ratio_range = 0.2;
  panel.key = "top left";
  // NIST ESTAR, computed from the oscillator strengths (as in EGSnrc's density_corrections).
  const std::vector<double> energies = {0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 1e4};
  const Published rows[] = {
      {"Si", energies, {0.1599, 0.3424, 0.6439, 1.351, 2.239, 3.323, 4.897, 6.179, 10.72, 15.33}},
      {"W", energies, {0.1515, 0.3575, 0.7015, 1.378, 2.070, 2.910, 4.252, 5.417, 9.771, 14.36}}};
  for (int i = 0; i < 2; ++i) {
    const DensityEffect effect(i == 0 ? silicon() : tungsten());
    comparison.add(panel, i, rows[i],
                   [&](double energy) { return effect.correction(beta_gamma(energy)); });
  }
  panel.series.push_back({"NIST ESTAR", Style::published, 0, {}, {}, {}});
  return panel;
}

/// In tungsten, where ESTAR's δ stands for ESTAR: the rest of the formula is the same.
Comparison with_published_density_effect() {
  Comparison comparison(
      "Collision stopping power, MeV cm²/g (Berger and Seltzer's formula with ESTAR's δ)");
  const Medium medium = tungsten();
  Published row = {"W", {0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 1e4}, {}};
  const double deltas[] = {0.1515, 0.3575, 0.7015, 1.378, 2.070, 2.910, 4.252, 5.417, 9.771, 14.36};
  const DensityEffect effect(medium);
  for (std::size_t i = 0; i < row.at.size(); ++i) {
    const double at = beta_gamma(row.at[i]);
    const double beta2 = at * at / (at * at + 1);
    const double per_delta = two_pi_r2_mass * medium.electron_density / beta2 * 10 / medium.density;
    row.values.push_back(mass_stopping_power(medium, no_cut, row.at[i]) +
                         per_delta * (effect.correction(at) - deltas[i]));
  }
  comparison.add(row, [&](double energy) { return mass_stopping_power(medium, no_cut, energy); });
  return comparison;
}

Panel delta_rays(int samples) {
  Panel panel;
  panel.title = "Delta rays of 10 MeV in silicon";
  panel.x = {"energy of the delta ray / MeV", 0.1, 10, true};
  panel.y = {"dN / d ln E / N", 1e-3, 20, true};
  panel.ratio_label = "sampled / formula";
  panel.key = "bottom left";
  constexpr double energy = 10;
  constexpr double cut = 0.1;
  const Medium medium = silicon();
  const Ionisation process(medium, cut);
  RandomStream random(1, 4);
  const struct {
    ParticleKind kind;
    double largest;
    const char* label;
  } rows[] = {{electron, energy / 2, "electron (Møller), sampled"},
              {ParticleKind::positron, energy, "positron (Bhabha), sampled"}};
  int colour = 0;
  for (const auto& row : rows) {
    const auto edges = logarithmic_edges(cut, row.largest, 30);
    const auto expected = shares(edges, [&](double transfer) {
      return collision_cross_section(medium, row.kind, energy, transfer);
    });
    add_distribution(panel, row.label, colour++, {edges, true}, expected, samples, [&] {
      Interaction result;
      process.interact({row.kind, energy, {}, {0, 0, 1}}, random, result);
      return result.secondaries[0].energy;
    });
  }
  panel.series.push_back({"formula", Style::line, 0, {}, {}, {}});
  return panel;
}

}  // namespace

Result ionisation(int samples) {
  Comparison stopping("Collision stopping power, MeV cm²/g (NIST ESTAR)");
  Comparison delta("Density effect δ (NIST ESTAR)");
  Panel first = losses(stopping);
  Panel second = density_effects(delta);
  return {{"montecarlo-ionisation", {std::move(first), std::move(second), delta_rays(samples)}},
          {stopping, with_published_density_effect(), delta}};
}

}  // namespace showergan::montecarlo::figures
