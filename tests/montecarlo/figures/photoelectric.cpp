#include "montecarlo/photoelectric.hpp"

#include <cmath>

#include <fmt/format.h>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo::figures {
namespace {

Panel total(Comparison& comparison) {
  Panel panel;
  panel.title = "Photoelectric effect: cross-section per atom";
  panel.x = {"photon energy / MeV", 1e-3, 100, true};
  panel.y = {"σ / barn", 1e-6, 1e8, true};
  panel.ratio_label = "ours / XCOM";
  panel.ratio_range = 0.2;
  // Photoelectric absorption in NIST XCOM (SRD 8, version 3.1), barn per atom. At 69.524 and 69.526
  // keV, on the two sides of the K edge of tungsten, its values at the edge.
  const Published rows[] = {
      {"W",
       {0.003, 0.005, 0.008, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.069524, 0.069526,
        0.08,  0.1,   0.15,  0.2,  0.3,   0.5,  1,    2,    5,    10,   50},
       {5.778e5, 1.666e5, 5.039e4, 2.821e4, 4.150e4, 1.942e4, 6545,   2986,
        1615,    974.2,   646.5,   3297,    2272,    1268,    425.9,  195.3,
        66.12,   18.20,   3.917,   1.091,   0.2761,  0.1144,  0.01927}},
      {"Si",
       {0.003, 0.005, 0.008, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08, 0.1, 0.2, 0.5, 1, 2, 5, 10, 50},
       {4.555e4, 1.137e4, 2975, 1546, 459.3, 190.7, 54.13, 10.76, 2.388, 1.165, 0.1276, 8.624e-3,
        1.697e-3, 4.899e-4, 1.391e-4, 6.169e-5, 1.116e-5}}};
  for (int i = 0; i < 2; ++i) {
    const Medium medium = i == 0 ? tungsten() : silicon();
    const Photoelectric process(medium);
    comparison.add(panel, i, rows[i], [&](double energy) {
      return process.cross_section(energy) / medium.elements[0].density * 1e22;
    });
  }
  panel.series.push_back({"NIST XCOM", Style::published, 0, {}, {}, {}});
  return panel;
}

Panel angles(int samples) {
  Panel panel;
  panel.title = "Angle of the photoelectron";
  panel.x = {"cos θ", -1, 1, false};
  panel.y = {"dN / d cos θ / N", 1e-3, 100, true};
  panel.ratio_label = "sampled / formula";
  panel.key = "top left";
  RandomStream random(1, 2);
  int colour = 0;
  for (const double energy : {0.01, 0.1, 1.0}) {
    const double gamma = 1 + energy / electron_mass;
    const double beta = std::sqrt(1 - 1 / (gamma * gamma));
    // F. Sauter, Ann. Phys. 403 (1931) 454.
    const auto density = [gamma, beta](double mu) {
      const double term = 1 - beta * mu;
      return (1 - mu * mu) / std::pow(term, 4) *
             (1 + 0.5 * gamma * (gamma - 1) * (gamma - 2) * term);
    };
    const auto edges = even_edges(-1, 1, 50);
    add_distribution(panel, fmt::format("{:g} keV, sampled", energy * 1e3), colour++, {edges},
                     shares(edges, density), samples,
                     [&] { return 1 - photoelectron_one_less_cosine(energy, random); });
  }
  panel.series.push_back({"Sauter", Style::line, 0, {}, {}, {}});
  return panel;
}

}  // namespace

Result photoelectric(int samples) {
  Comparison comparison("Photoelectric effect, barn (NIST XCOM)");
  Panel first = total(comparison);
  return {{"montecarlo-photoelectric", {std::move(first), angles(samples)}}, {comparison}};
}

}  // namespace showergan::montecarlo::figures
