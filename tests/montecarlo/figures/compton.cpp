#include "montecarlo/compton.hpp"

#include <fmt/format.h>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo::figures {
namespace {

Panel total(Comparison& comparison) {
  Panel panel;
  panel.title = "Compton scattering: cross-section per atom";
  panel.x = {"photon energy / MeV", 1e-3, 1e5, true};
  panel.y = {"σ / barn", 1e-4, 1e3, true};
  panel.ratio_label = "ours / XCOM";
  panel.ratio_range = 0.2;
  // Incoherent scattering in NIST XCOM (SRD 8, version 3.1), barn per atom.
  const Published rows[] = {
      {"W",
       {0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.2, 0.5, 1, 3, 10, 100, 1000, 1e4},
       {8.276, 14.63, 22.12, 26.39, 30.83, 31.15, 28.04, 20.96, 15.53, 8.521, 3.785, 0.6124,
        0.08645, 0.01094}},
      {"Si",
       {0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.2, 0.5, 1, 3, 10, 100, 1000, 1e4},
       {3.316, 5.020, 6.538, 7.002, 7.118, 6.678, 5.630, 4.040, 2.957, 1.614, 0.7162, 0.1159,
        0.01636, 0.002069}}};
  for (int i = 0; i < 2; ++i) {
    const int z = i == 0 ? 74 : 14;
    comparison.add(panel, i, rows[i],
                   [z](double energy) { return compton_cross_section(energy, z) * 1e22; });
  }
  panel.series.push_back({"NIST XCOM", Style::published, 0, {}, {}, {}});
  return panel;
}

/// In hydrogen, whose electrons are taken as free.
Panel spectrum(int samples) {
  Panel panel;
  panel.title = "Scattered photon, free electrons";
  panel.x = {"E′ / E", 0, 1, false};
  panel.y = {"dN / d(E′/E) / N", 0.3, 60, true};
  panel.ratio_label = "sampled / formula";
  panel.key = "top center";
  const Compton process(pure("H", 0.07));
  RandomStream random(1, 1);
  int colour = 0;
  for (const double energy : {0.1, 1.0, 10.0}) {
    const double x = energy / electron_mass;
    // O. Klein and Y. Nishina, Z. Phys. 52 (1929) 853.
    const auto density = [x](double e) {
      const double t = (1 - e) / (x * e);
      return 1 / e + e - t * (2 - t);
    };
    const auto edges = even_edges(1 / (1 + 2 * x), 1, 40);
    add_distribution(
        panel, fmt::format("{:g} MeV, sampled", energy), colour++, {edges}, shares(edges, density),
        samples, [&] {
          Interaction result;
          process.interact({ParticleKind::photon, energy, {}, {0, 0, 1}}, random, result);
          return result.energy / energy;
        });
  }
  panel.series.push_back({"Klein and Nishina", Style::line, 0, {}, {}, {}});
  return panel;
}

}  // namespace

Result compton(int samples) {
  Comparison comparison("Compton scattering, barn (NIST XCOM)");
  Panel first = total(comparison);
  return {{"montecarlo-compton", {std::move(first), spectrum(samples)}}, {comparison}};
}

}  // namespace showergan::montecarlo::figures
