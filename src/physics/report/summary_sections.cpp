#include <cmath>

#include "base/units.hpp"
#include "physics/report/curves.hpp"
#include "physics/report/sections.hpp"

namespace showergan::physics {
namespace {

/// A profile of the summary, in MeV; its statistical error is not known.
Curve stored_profile(const std::vector<double>& profile) {
  Curve curve;
  for (std::size_t i = 0; i < profile.size(); ++i) {
    curve.x.push_back(static_cast<double>(i));
    curve.y.push_back(profile[i] / units::MeV);
    curve.error.push_back(0);
  }
  return curve;
}

Figure profile_figure(const std::string& name, const std::string& title, const std::string& x_label,
                      const FigureLabels& labels, const Curve& reference, const Curve& candidate) {
  Figure figure = {name, title, labels.reference, labels.candidates, {}};
  for (const bool log : {false, true}) {
    figure.panels.push_back({.title = log ? "logarithmic" : "linear",
                             .x_label = x_label,
                             .y_label = "mean energy (MeV)",
                             .log_y = log,
                             .reference = reference,
                             .candidates = {candidate}});
  }
  return figure;
}

/// The means of both sides against energy; the error of the deviation stands at the candidate.
Panel energy_panel(const SummaryComparison& comparison, Deviation BinComparison::*quantity,
                   const std::string& title, const std::string& y_label, double scale) {
  Panel panel;
  panel.title = title;
  panel.x_label = "primary energy (GeV)";
  panel.y_label = y_label;
  panel.candidates.resize(1);
  Curve& candidate = panel.candidates.front();
  for (const BinComparison& bin : comparison.bins) {
    if (!bin.compared) continue;
    const Deviation& deviation = bin.*quantity;
    const double centre = 0.5 * (bin.energy_low + bin.energy_high);
    panel.reference.x.push_back(centre);
    panel.reference.y.push_back(scale * deviation.reference);
    panel.reference.error.push_back(0);
    candidate.x.push_back(centre);
    candidate.y.push_back(scale * deviation.candidate);
    candidate.error.push_back(scale * deviation.error * deviation.reference);
  }
  return panel;
}

}  // namespace

std::vector<ReportSection> sections_of(const SummaryComparison& comparison,
                                       const ShowerSet& candidate, const FigureLabels& labels) {
  const Sample compared(candidate, comparison.rows);
  Figure energy = {"energy", "Energy in the calorimeter", labels.reference, labels.candidates, {}};
  energy.panels = {energy_panel(comparison, &BinComparison::sampling_fraction, "sampling fraction",
                                "cell sum / energy (%)", 100),
                   energy_panel(comparison, &BinComparison::response, "response (layers weighted)",
                                "weighted sum / energy (%)", 100)};
  Figure shape = {"hits", "Depth and hits", labels.reference, labels.candidates, {}};
  shape.panels = {
      energy_panel(comparison, &BinComparison::depth, "depth", "centre of gravity (layers)", 1),
      energy_panel(comparison, &BinComparison::hits_300keV, "cells above 300 keV",
                   "mean number of cells", 1)};
  ReportSection profiles = {"Profiles", "Mean energy of each slice of the showers."};
  profiles.figures = {profile_figure("longitudinal", "Longitudinal profile", "layer", labels,
                                     stored_profile(comparison.profile_z),
                                     profile_curve(compared, Profile::slice_z, 1 / units::MeV)),
                      profile_figure("lateral", "Lateral profile", "cell in x", labels,
                                     stored_profile(comparison.profile_x),
                                     profile_curve(compared, Profile::slice_x, 1 / units::MeV))};
  return {{"Energy, depth and hits",
           "Means in bins of the energy. The Monte Carlo is the summary that a model's card "
           "stores, moved along its slope to the candidate's mean energy in each bin; the errors "
           "are those of the deviation.",
           {},
           {std::move(energy), std::move(shape)}},
          std::move(profiles)};
}

}  // namespace showergan::physics
