#include "physics/report/identification_section.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "physics/metric/histogram.hpp"
#include "physics/report/curves.hpp"
#include "physics/report/drawn_sets.hpp"

namespace showergan::physics {
namespace {

constexpr double kPercent = 100;

/// The sets that were identified, and what was found of them against one of the particles.
struct Found {
  std::vector<const Identification*> sets;  ///< in the order of the candidates

  /// One with scores: of the reference and of the other particle all are alike.
  const Identification* first() const {
    const auto found =
        std::ranges::find_if(sets, [](const Identification* one) { return one->reason.empty(); });
    return found == sets.end() ? nullptr : *found;
  }
};

std::vector<const JudgedSet*> identified(const std::vector<JudgedSet>& sets) {
  std::vector<const JudgedSet*> result;
  for (const JudgedSet& set : sets) {
    if (!set.identifications.empty()) result.push_back(&set);
  }
  return result;
}

std::string percent(const Efficiency& efficiency) {
  return fmt::format("{:.2f} ± {:.2f} %", kPercent * efficiency.value(),
                     kPercent * efficiency.error());
}

/// One over the part that passes; a bound where nothing does.
std::string rejection(const Efficiency& efficiency) {
  if (efficiency.passed == 0) return fmt::format("> {}", efficiency.all);
  return fmt::format("{:.3g} ± {:.2g}", 1 / efficiency.value(),
                     efficiency.error() / (efficiency.value() * efficiency.value()));
}

std::vector<std::string> point_row(const std::string& label, const Identification& one,
                                   const WorkingPoint& point) {
  const double shift = point.candidate.value() - point.reference.value();
  const double error = std::hypot(point.candidate.error(), point.reference.error());
  return {one.other,
          label,
          fmt::format("{:g} %", kPercent * point.efficiency),
          percent(point.candidate),
          fmt::format("{:+.2f} ± {:.2f}", kPercent * shift, kPercent * error),
          fmt::format("{:+.1f} σ", shift / error),
          percent(point.other),
          rejection(point.other),
          rejection(point.other_by_candidate)};
}

ReportTable working_points(const std::vector<const JudgedSet*>& sets) {
  ReportTable table = {
      {"against", "candidate", "efficiency of Monte Carlo", "efficiency of candidate",
       "difference (%)", "", "misidentified", "rejection", "rejection, cut of the candidate"},
      {}};
  for (const JudgedSet* set : sets) {
    for (const Identification& one : set->identifications) {
      if (!one.reason.empty()) {
        table.rows.push_back({one.other, set->info.label, "n/a", one.reason, "", "", "", "", ""});
      }
      for (const WorkingPoint& point : one.points) {
        table.rows.push_back(point_row(set->info.label, one, point));
      }
    }
  }
  return table;
}

Panel score_panel(const Found& found) {
  const Identification& first = *found.first();
  std::vector<double> known_and_other = first.reference_scores;
  known_and_other.insert(known_and_other.end(), first.other_scores.begin(),
                         first.other_scores.end());
  std::vector<std::vector<double>> values = {first.reference_scores};
  for (const Identification* one : found.sets) values.push_back(one->candidate_scores);
  values.push_back(first.other_scores);
  constexpr std::size_t kBins = 40;
  std::vector<Curve> curves =
      distribution_curves(values, axis_over(std::move(known_and_other), kBins));
  Curve other = std::move(curves.back());
  curves.pop_back();
  Panel panel = histogram_panel("score", "score (logarithm of the odds)", std::move(curves));
  panel.context = std::move(other);
  return panel;
}

Curve energy_curve(const Identification& one, Efficiency EnergyEfficiency::*whose) {
  Curve curve;
  for (const EnergyEfficiency& bin : one.energies) {
    curve.x.push_back(0.5 * (bin.low + bin.high));
    curve.y.push_back(kPercent * (bin.*whose).value());
    curve.error.push_back(kPercent * (bin.*whose).error());
  }
  return curve;
}

Panel energy_panel(const Found& found) {
  Panel panel;
  panel.title = "efficiency with the cut of 90 %";
  panel.x_label = "primary energy (GeV)";
  panel.y_label = "passes (%)";
  panel.below = Below::difference;
  panel.reference = energy_curve(*found.first(), &EnergyEfficiency::reference);
  for (const Identification* one : found.sets) {
    panel.candidates.push_back(energy_curve(*one, &EnergyEfficiency::candidate));
  }
  panel.context = energy_curve(*found.first(), &EnergyEfficiency::other);
  return panel;
}

/// One over the misidentified part, against the efficiency that the cut keeps of `known`.
Curve rejection_curve(const std::vector<double>& known, const std::vector<double>& other) {
  Curve curve;
  for (int kept = 50; kept < 100; kept += kept < 95 ? 5 : 2) {
    const Efficiency passed = efficiency_of(other, cut_for(known, kept / kPercent));
    if (passed.passed == 0) continue;
    curve.x.push_back(kept);
    curve.y.push_back(1 / passed.value());
    curve.error.push_back(passed.error() / (passed.value() * passed.value()));
  }
  return curve;
}

Panel rejection_panel(const Found& found) {
  const Identification& first = *found.first();
  Panel panel;
  panel.title = "rejection of " + first.other;
  panel.x_label = "efficiency (%)";
  panel.y_label = "1 / misidentified";
  panel.reference = rejection_curve(first.reference_scores, first.other_scores);
  constexpr double kLargeRejection = 20;
  panel.log_y = !panel.reference.y.empty() && std::ranges::max(panel.reference.y) > kLargeRejection;
  for (const Identification* one : found.sets) {
    panel.candidates.push_back(
        one->reason.empty() ? rejection_curve(one->candidate_scores, first.other_scores) : Curve());
  }
  return panel;
}

}  // namespace

ReportSection identification_section(const std::vector<JudgedSet>& sets,
                                     const std::string& reference_label) {
  const std::vector<const JudgedSet*> found = identified(sets);
  ReportSection section = {
      "Particle identification",
      "For each other particle a classifier is trained on Monte Carlo to tell the showers of the "
      "reference from those of that particle, on high-level features at known energy. Then it is "
      "applied to Monte Carlo that it has not seen, and to the candidate: if the candidate is "
      "right, its score has the same distribution, and a cut keeps as much of it. Cuts are those "
      "that keep a part of the Monte Carlo; the last column is the rejection that an analysis gets "
      "which takes its cut from the candidate. Errors are binomial.",
      {working_points(found)},
      {}};
  for (std::size_t i = 0; i < found.front()->identifications.size(); ++i) {
    Found one;
    for (const JudgedSet* set : found) one.sets.push_back(&set->identifications[i]);
    if (one.first() == nullptr) continue;
    const std::string& other = one.first()->other;
    Figure figure = {"identification_" + std::to_string(i + 1),
                     "Identification against " + other,
                     reference_label,
                     {},
                     {},
                     3,
                     other + " (Monte Carlo)"};
    for (const JudgedSet* set : found) figure.candidate_labels.push_back(set->info.label);
    figure.panels = {score_panel(one), energy_panel(one), rejection_panel(one)};
    section.figures.push_back(std::move(figure));
  }
  return section;
}

}  // namespace showergan::physics
