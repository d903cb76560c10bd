#include "physics/report/similarity_section.hpp"

#include <cmath>
#include <utility>

#include "physics/report/curves.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr const char* kText =
    "Structural similarity (SSIM) of two showers whose energies agree to 5 %: of two of the Monte "
    "Carlo, and of one of the Monte Carlo and one of the candidate. Showers that are too regular "
    "are more like the Monte Carlo than it is itself.";

/// Mean of the values against the energy, in the bins that hold at least two.
Curve mean_curve(std::span<const double> energy, std::span<const double> values,
                 const EnergyBins& bins) {
  std::vector<std::vector<double>> members(bins.size());
  for (std::size_t i = 0; i < energy.size(); ++i) {
    if (const auto bin = bins.index(energy[i])) members[*bin].push_back(values[i]);
  }
  Curve curve;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    if (members[bin].size() < 2) continue;
    curve.x.push_back(bins.centre(bin));
    curve.y.push_back(mean(members[bin]));
    curve.error.push_back(standard_deviation(members[bin]) /
                          std::sqrt(static_cast<double>(members[bin].size())));
  }
  return curve;
}

Panel energy_panel(const std::vector<const Similarities*>& similarities, const EnergyBins& bins) {
  Panel panel;
  panel.title = "against energy";
  panel.x_label = "primary energy (GeV)";
  panel.y_label = "mean SSIM of a pair";
  panel.below = Below::difference;
  panel.reference = mean_curve(similarities.front()->energy, similarities.front()->partner, bins);
  for (const Similarities* set : similarities) {
    panel.candidates.push_back(mean_curve(set->energy, set->candidate, bins));
  }
  return panel;
}

}  // namespace

ReportSection similarity_section(const std::vector<const Similarities*>& similarities,
                                 const FigureLabels& labels, const EnergyBins& bins) {
  ReportSection section = {"Similarity", kText};
  for (const Similarities* set : similarities) {
    if (set->reason.empty()) continue;
    section.text = "No structural similarities: " + set->reason + ".";
    return section;
  }
  std::vector<std::vector<double>> values = {similarities.front()->partner};
  for (const Similarities* set : similarities) values.push_back(set->candidate);
  Figure figure = {"similarity",
                   "Structural similarity of pairs of showers",
                   labels.reference,
                   labels.candidates,
                   {},
                   2};
  Panel distribution =
      histogram_panel("distribution", "SSIM of a pair", distribution_curves(values));
  distribution.y_label = "pairs per bin (%)";
  figure.panels = {std::move(distribution), energy_panel(similarities, bins)};
  section.figures.emplace_back(std::move(figure));
  return section;
}

}  // namespace showergan::physics
