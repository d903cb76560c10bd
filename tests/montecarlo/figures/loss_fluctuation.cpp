#include "montecarlo/loss_fluctuation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "distribution.hpp"
#include "figures.hpp"
#include "landau.hpp"
#include "media.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/density_effect.hpp"
#include "montecarlo/gauss_legendre.hpp"
#include "montecarlo/ionisation.hpp"
#include "montecarlo/production_cut.hpp"

namespace showergan::montecarlo::figures {
namespace {

constexpr auto electron = ParticleKind::electron;

/// Landau's theory of a track through silicon, with the density effect: ξ, and the loss at λ = 0.
/// The most probable loss is ξ [ln(2mβ²γ²/I) + ln(ξ/I) + 0.2 − β² − δ] (H. Bichsel, Rev. Mod. Phys.
/// 60 (1988) 663; PDG, "Passage of particles through matter").
struct Landau {
  double xi;
  double most_probable;

  Landau(const Medium& medium, double energy, double thickness) {
    const double gamma = 1 + energy / electron_mass;
    const double beta_gamma2 = gamma * gamma - 1;
    const double beta2 = beta_gamma2 / (gamma * gamma);
    xi = two_pi_r2_mass * medium.electron_density * thickness / beta2;
    const double i = medium.mean_excitation;
    most_probable = xi * (std::log(2 * electron_mass * beta_gamma2 / i) + std::log(xi / i) + 0.2 -
                          beta2 - DensityEffect(medium).correction(std::sqrt(beta_gamma2)));
  }

  double density(double loss) const {
    constexpr double lambda_of_maximum = -0.2228;
    const double lambda = (loss - most_probable) / xi + lambda_of_maximum;
    return lambda > -4 ? landau_density(lambda) / xi : 0;
  }
};

/// Losses of straight tracks, with the energy of their delta rays, as the steps of the Monte Carlo
/// have them; in one step.
class Track {
 public:
  Track(const Medium& medium, double energy, double thickness)
      : energy_(energy),
        thickness_(thickness),
        cut_(electron_cut(medium, 0.1)),
        ionisation_(medium, cut_),
        fluctuation_(medium) {}

  double loss(RandomStream& random) const {
    double loss =
        fluctuation_.sample(ionisation_.loss(electron, energy_) * thickness_,
                            ionisation_.largest_continuous_transfer(electron, energy_), random);
    const double mean_free_path = 1 / ionisation_.cross_section(electron, energy_);
    for (double path = random.exponential() * mean_free_path; path < thickness_;
         path += random.exponential() * mean_free_path) {
      Interaction result;
      ionisation_.interact({electron, energy_, {}, {0, 0, 1}}, random, result);
      loss += energy_ - result.energy;
    }
    return loss;
  }

 private:
  double energy_;
  double thickness_;
  double cut_;
  Ionisation ionisation_;
  LossFluctuation fluctuation_;
};

/// The vertex of the parabola that fits the logarithms of the bins above 0.7 of the highest best.
double mode(const std::vector<double>& losses, double around) {
  constexpr std::size_t bins = 60;
  const double low = 0.5 * around;
  const double width = around / bins;
  std::vector<double> counts(bins);
  for (const double loss : losses) {
    if (loss < low || loss >= low + around) continue;
    ++counts[static_cast<std::size_t>((loss - low) / width)];
  }
  const double highest = *std::max_element(counts.begin(), counts.end());
  double s[5] = {};
  double t[3] = {};
  for (std::size_t i = 0; i < bins; ++i) {
    if (counts[i] < 0.7 * highest) continue;
    const double u = (low + (static_cast<double>(i) + 0.5) * width) / around - 1;
    for (int k = 0; k < 5; ++k) s[k] += counts[i] * std::pow(u, k);
    for (int k = 0; k < 3; ++k) t[k] += counts[i] * std::log(counts[i]) * std::pow(u, k);
  }
  // Normal equations of a + b u + c u², weights as of Poisson's errors; b and c by Cramer's rule.
  const double b_determinant = s[0] * (t[1] * s[4] - s[3] * t[2]) -
                               t[0] * (s[1] * s[4] - s[3] * s[2]) +
                               s[2] * (s[1] * t[2] - t[1] * s[2]);
  const double c_determinant = s[0] * (s[2] * t[2] - t[1] * s[3]) -
                               s[1] * (s[1] * t[2] - t[1] * s[2]) +
                               t[0] * (s[1] * s[3] - s[2] * s[2]);
  return around * (1 - b_determinant / (2 * c_determinant));
}

Panel most_probable(int samples, Comparison& comparison) {
  Panel panel;
  panel.title = "Most probable loss in silicon";
  panel.x = {"kinetic energy of the electron / MeV", 1, 1e5, true};
  panel.y = {"Δ_p / MeV", 0, 0.25, false};
  panel.ratio_label = "sampled / Landau";
  panel.ratio_range = 0.08;
  panel.key = "top left";
  const Medium medium = silicon();
  RandomStream random(1, 5);
  int colour = 0;
  for (const double thickness : {0.3, 0.5}) {
    Series points{fmt::format("{:g} mm, sampled", thickness), Style::sampled, colour, {}, {}, {}};
    Series ratio{"", Style::sampled, colour, {}, {}, {}};
    Published row = {fmt::format("{:g} mm of Si", thickness), {}, {}};
    for (const double energy : {2.0, 5.0, 10.0, 50.0, 200.0, 1e3, 1e4, 1e5}) {
      const double expected = Landau(medium, energy, thickness).most_probable;
      const Track track(medium, energy, thickness);
      std::vector<double> losses;
      for (int i = 0; i < samples; ++i) losses.push_back(track.loss(random));
      const double found = mode(losses, expected);
      points.add(energy, found);
      ratio.add(energy, found / expected);
      row.at.push_back(energy);
      row.values.push_back(expected);
    }
    comparison.add(row, [&](double energy) {
      const auto at = std::find(row.at.begin(), row.at.end(), energy);
      return points.y[static_cast<std::size_t>(at - row.at.begin())];
    });
    panel.series.push_back(curve(panel, "", Style::line, colour++, [&](double energy) {
      return Landau(medium, energy, thickness).most_probable;
    }));
    panel.series.push_back(points);
    panel.ratios.push_back(ratio);
  }
  panel.series.push_back({"Landau, with density effect", Style::line, 0, {}, {}, {}});
  return panel;
}

Panel spectrum(int samples) {
  Panel panel;
  panel.title = "Loss of 10 MeV electrons in silicon";
  panel.x = {"Δ / MeV", 0, 0.5, false};
  panel.y = {"dN / N dΔ / MeV^{-1}", 0, 45, false};
  panel.ratio_label = "sampled / Landau";
  panel.ratio_range = 0.5;
  constexpr double energy = 10;
  const Medium medium = silicon();
  RandomStream random(1, 6);
  int colour = 0;
  for (const double thickness : {0.3, 0.5}) {
    const Landau landau(medium, energy, thickness);
    const Track track(medium, energy, thickness);
    const auto edges = even_edges(0, 0.5, 100);
    std::vector<double> expected;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      expected.push_back(gauss_legendre([&](double loss) { return landau.density(loss); }, edges[i],
                                        edges[i + 1], 1));
    }
    add_distribution(panel, fmt::format("{:g} mm, sampled", thickness), colour++, {edges}, expected,
                     samples, [&] { return track.loss(random); });
  }
  panel.series.push_back({"Landau", Style::line, 0, {}, {}, {}});
  return panel;
}

}  // namespace

Result loss_fluctuation(int samples) {
  Comparison comparison("Most probable loss, MeV (Landau's theory)");
  Panel first = most_probable(samples, comparison);
  return {{"montecarlo-loss-fluctuation", {std::move(first), spectrum(samples)}}, {comparison}};
}

}  // namespace showergan::montecarlo::figures
