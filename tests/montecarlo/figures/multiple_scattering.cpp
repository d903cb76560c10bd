#include "montecarlo/multiple_scattering.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "distribution.hpp"
#include "figures.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/moliere.hpp"

namespace showergan::montecarlo::figures {
namespace {

constexpr auto electron = ParticleKind::electron;
constexpr double path = 0.5;  // mm
constexpr double range_factor = 0.04;
constexpr double shortest = 1e-7;  // mm

ScatteringStep step_of(const Medium& medium, double energy, double length) {
  const double transport =
      MultipleScattering(medium, range_factor).transport_path(electron, energy);
  const PathConversion conversion(energy, 1e9, length, transport, transport);
  return {electron, energy, energy, length, conversion.geometrical(length), transport, transport};
}

/// Angle of 1/e of the core.
double core(const Medium& medium, double energy, double length) {
  return std::sqrt(2.0) * ScatteringAngle(medium).width(electron, energy, energy, length);
}

Panel widths(Comparison& comparison) {
  Panel panel;
  panel.title = "Core of the angle of 1 GeV electrons";
  panel.x = {"thickness / mm", 0.01, 5, true};
  panel.y = {"θ_{1/e} / rad", 1e-5, 1, true};
  panel.ratio_label = "ours / Molière";
  panel.ratio_range = 0.2;
  panel.key = "top left";
  constexpr double energy = 1000;
  int colour = 0;
  for (const Medium& medium : {tungsten(), silicon()}) {
    Published moliere = {medium.name, {0.01, 0.03, 0.1, 0.3, 0.5, 1, 2.4, 5}, {}};
    for (const double length : moliere.at) {
      moliere.values.push_back(Moliere(medium, energy, length).core());
    }
    const auto ours = [&](double length) { return core(medium, energy, length); };
    comparison.add(panel, colour, moliere, ours);
    // V. L. Highland, Nucl. Instrum. Methods 129 (1975) 497, in the PDG's form.
    const auto highland = [&](double length) {
      const double y = length / medium.radiation_length;
      return std::sqrt(2 * y) * 13.6 / (momentum(energy) * velocity(energy)) *
             (1 + 0.038 * std::log(y));
    };
    panel.series.push_back(curve(panel, "", Style::dashed, colour, highland));
    panel.ratios.push_back(curve(panel, "", Style::dashed, colour++, [&](double length) {
      return highland(length) / Moliere(medium, energy, length).core();
    }));
  }
  panel.series.push_back({"Molière", Style::published, 0, {}, {}, {}});
  panel.series.push_back({"Highland (PDG)", Style::dashed, 0, {}, {}, {}});
  return panel;
}

Panel angles(int samples) {
  Panel panel;
  panel.title = "Angle after 0.5 mm";
  panel.x = {"θ / θ_{1/e} of Molière", 0.1, 10, true};
  panel.y = {"dN / d ln θ / N", 1e-4, 5, true};
  panel.ratio_label = "sampled / Molière";
  panel.ratio_range = 1.2;
  panel.key = "bottom left";
  RandomStream random(1, 8);
  const struct {
    Medium medium;
    double energy;
    const char* label;
  } rows[] = {{tungsten(), 30, "W, 30 MeV, sampled"},
              {tungsten(), 1000, "W, 1 GeV, sampled"},
              {silicon(), 30, "Si, 30 MeV, sampled"}};
  int colour = 0;
  for (const auto& row : rows) {
    const Moliere moliere(row.medium, row.energy, path);
    const double unit = moliere.core();
    const auto edges = logarithmic_edges(0.1, 10, 20);
    std::vector<double> expected;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      expected.push_back(moliere.beyond(edges[i] * unit) - moliere.beyond(edges[i + 1] * unit));
    }
    const ScatteringAngle angle(row.medium);
    const ScatteringStep step = step_of(row.medium, row.energy, path);
    add_distribution(panel, row.label, colour++, {edges, true}, expected, samples, [&] {
      return 2 * std::asin(std::sqrt(0.5 * angle.sample(step, shortest, random))) / unit;
    });
  }
  panel.series.push_back({"Molière", Style::line, 0, {}, {}, {}});
  return panel;
}

/// Of steps of 20 MeV in silicon. Small-angle theory has ⟨r²⟩ = ⅔ θ₀² t² (B. Rossi and K. Greisen,
/// Rev. Mod. Phys. 13 (1941) 240), so ⟨r⟩ = √(π/6) θ₀ t; with θ₀² = t/λ₁, as the advance has it.
Panel displacement(int samples) {
  Panel panel;
  panel.title = "Mean lateral displacement, silicon, 20 MeV";
  panel.x = {"length of the step / mm", 0.01, 1, true};
  panel.y = {"⟨r⟩ / mm", 1e-5, 0.1, true};
  panel.ratio_label = "sampled / theory";
  panel.ratio_range = 0.04;
  panel.key = "top left";
  constexpr double energy = 20;
  const Medium medium = silicon();
  const MultipleScattering scattering(medium, range_factor);
  const double transport = scattering.transport_path(electron, energy);
  const auto theory = [transport](double length) {
    return std::sqrt(pi / 6 * length / transport) * length;
  };
  Series points{"sampled", Style::sampled, 0, {}, {}, {}};
  Series ratio{"", Style::sampled, 0, {}, {}, {}};
  RandomStream random(1, 9);
  const ScatteringState state;
  for (const double length : {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0}) {
    const ScatteringStep step = step_of(medium, energy, length);
    double sum = 0;
    for (int i = 0; i < samples; ++i) {
      const Vector3 r = scattering.sample(step, state, {0, 0, 1}, random).displacement;
      sum += std::hypot(r.x, r.y);
    }
    points.add(length, sum / samples);
    ratio.add(length, sum / samples / theory(length));
  }
  panel.series.push_back(curve(panel, "Rossi and Greisen", Style::line, 0, theory));
  panel.series.push_back(points);
  panel.ratios.push_back(ratio);
  return panel;
}

/// A. O. Hanson, L. H. Lanzl, E. M. Lyman and M. B. Scott, Phys. Rev. 84 (1951) 634.
Comparison gold_foils() {
  Comparison comparison("Angle of 1/e of 15.7 MeV electrons, degrees (measured by Hanson et al.)");
  const Medium gold = pure("Au", 19.32);
  const struct {
    double mass;  // g/cm²
    double degrees;
  } rows[] = {{0.01866, 2.58}, {0.03728, 3.76}};
  for (const auto& row : rows) {
    comparison.add(
        {fmt::format("{:g} mg/cm² of gold", row.mass * 1e3), {15.7}, {row.degrees}},
        [&](double energy) { return core(gold, energy, row.mass / gold.density * 10) * 180 / pi; });
  }
  return comparison;
}

}  // namespace

Result multiple_scattering(int samples) {
  Comparison comparison("Core of the scattering angle of 1 GeV electrons, rad (Molière's theory)",
                        "mm");
  Panel first = widths(comparison);
  return {{"montecarlo-multiple-scattering",
           {std::move(first), angles(samples), displacement(samples)}},
          {comparison, gold_foils()}};
}

}  // namespace showergan::montecarlo::figures
