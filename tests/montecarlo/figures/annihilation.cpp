#include "montecarlo/annihilation.hpp"

#include <cmath>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo::figures {
namespace {

Panel total() {
  Panel panel;
  panel.title = "Annihilation in flight: cross-section per electron";
  panel.x = {"kinetic energy of the positron / MeV", 1e-3, 1e5, true};
  panel.y = {"σ / barn", 1e-6, 100, true};
  panel.ratio_label = "limit / ours";
  panel.ratio_range = 0.2;
  const Medium medium = tungsten();
  const Annihilation process(medium);
  const auto ours = [&](double energy) {
    return process.cross_section(energy) / medium.electron_density * 1e22;
  };
  constexpr double unit = pi * electron_radius * electron_radius * 1e22;
  const auto slow = [](double energy) {
    const double gamma = 1 + energy / electron_mass;
    return unit / std::sqrt(1 - 1 / (gamma * gamma));
  };
  const auto fast = [](double energy) {
    const double gamma = 1 + energy / electron_mass;
    return unit / gamma * (std::log(2 * gamma) - 1);
  };
  panel.series.push_back(curve(panel, "ours (Heitler)", Style::line, 0, ours));
  panel.series.push_back(curve(panel, "slow: π r_e^2 / β (Dirac)", Style::dashed, 1, slow));
  panel.series.push_back(curve(panel, "fast: π r_e^2 (ln 2γ − 1) / γ", Style::dashed, 2, fast));
  panel.ratios.push_back(curve(panel, "", Style::dashed, 1,
                               [&](double energy) { return slow(energy) / ours(energy); }));
  panel.ratios.push_back(curve(panel, "", Style::dashed, 2,
                               [&](double energy) { return fast(energy) / ours(energy); }));
  return panel;
}

Panel photons(int samples) {
  Panel panel;
  panel.title = "Share of one photon";
  panel.x = {"ε = k / (T + 2m_e)", 0, 1, false};
  panel.y = {"dN / dε / N", 0.01, 100, true};
  panel.ratio_label = "sampled / formula";
  panel.key = "top center";
  const Annihilation process(tungsten());
  RandomStream random(1, 10);
  const struct {
    double energy;
    const char* label;
  } rows[] = {{0.5, "0.5 MeV, sampled"}, {5, "5 MeV, sampled"}, {50, "50 MeV, sampled"}};
  int colour = 0;
  for (const auto& row : rows) {
    const double energy = row.energy;
    const double gamma = 1 + energy / electron_mass;
    const double least = 1 / (gamma + 1 + std::sqrt(gamma * gamma - 1));
    // W. Heitler, The Quantum Theory of Radiation (1954), §27.
    const auto density = [gamma](double share) {
      const double inverse2 = 1 / ((gamma + 1) * (gamma + 1));
      return (1 + 2 * gamma * inverse2 - share - inverse2 / share) / share;
    };
    const auto edges = even_edges(least, 1 - least, 30);
    add_distribution(panel, row.label, colour++, {edges}, shares(edges, density), samples, [&] {
      Interaction result;
      process.interact({ParticleKind::positron, energy, {}, {0, 0, 1}}, random, result);
      return result.secondaries[0].energy / (energy + 2 * electron_mass);
    });
  }
  panel.series.push_back({"Heitler", Style::line, 0, {}, {}, {}});
  return panel;
}

}  // namespace

Result annihilation(int samples) {
  return {{"montecarlo-annihilation", {total(), photons(samples)}}, {}};
}

}  // namespace showergan::montecarlo::figures
