#include "physics/report/set_figures.hpp"

#include "physics/report/curves.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

/// The two samples that all figures of a comparison draw.
struct Pair {
  Sample reference;
  Sample candidate;
  FigureLabels labels;

  Figure figure(std::string name, std::string title) const {
    return {std::move(name), std::move(title), labels.reference, labels.candidate, {}};
  }
};

Figure profile_figure(const Pair& pair, Profile profile, const std::string& name,
                      const std::string& title, const std::string& x_label) {
  Figure figure = pair.figure(name, title);
  for (const bool log : {false, true}) {
    Panel panel;
    panel.title = log ? "logarithmic" : "linear";
    panel.x_label = x_label;
    panel.y_label = "mean energy (MeV)";
    panel.log_y = log;
    panel.reference = profile_curve(pair.reference, profile);
    panel.candidate = profile_curve(pair.candidate, profile);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Panel energy_panel(const Pair& pair, const EnergyBins& bins, Observable observable,
                   const std::string& title, const std::string& y_label, double scale) {
  Panel panel;
  panel.title = title;
  panel.x_label = "primary energy (GeV)";
  panel.y_label = y_label;
  panel.reference = energy_curve(pair.reference, observable, bins, scale);
  panel.candidate = energy_curve(pair.candidate, observable, bins, scale);
  return panel;
}

Figure energy_figure(const Pair& pair, const EnergyBins& bins) {
  Figure figure = pair.figure("energy", "Energy in the calorimeter");
  figure.panels = {energy_panel(pair, bins, Observable::sampling_fraction, "sampling fraction",
                                "cell sum / primary energy (%)", 100),
                   energy_panel(pair, bins, Observable::response, "response (layers weighted)",
                                "weighted cell sum / primary energy (%)", 100)};
  return figure;
}

Figure hits_figure(const Pair& pair, const EnergyBins& bins) {
  Figure figure = pair.figure("hits", "Number of cells above a threshold");
  const std::string titles[] = {"above 70 keV", "above 200 keV", "above 300 keV"};
  for (std::size_t i = 0; i < kHits.size(); ++i) {
    figure.panels.push_back(
        energy_panel(pair, bins, kHits[i], titles[i], "mean number of cells", 1));
  }
  return figure;
}

Figure spectrum_figure(const Pair& pair) {
  Figure figure = pair.figure("spectrum", "Cell energies");
  for (const Spectrum spectrum : {Spectrum::wide, Spectrum::mip}) {
    const bool wide = spectrum == Spectrum::wide;
    Panel panel;
    panel.title = wide ? "all cells" : "around the minimum-ionising particle";
    panel.x_label = "cell energy (MeV)";
    panel.y_label = wide ? "cells per shower and bin" : "cells per shower and 10 keV";
    panel.log_x = wide;
    panel.log_y = wide;
    panel.reference = spectrum_curve(pair.reference, spectrum);
    panel.candidate = spectrum_curve(pair.candidate, spectrum);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

}  // namespace

std::vector<Figure> figures_of(const Sample& reference, const Sample& candidate,
                               const FigureLabels& labels) {
  const Pair pair = {reference, candidate, labels};
  const EnergyBins bins(reference.energy());
  return {profile_figure(pair, Profile::slice_z, "longitudinal", "Longitudinal profile", "layer"),
          profile_figure(pair, Profile::slice_x, "lateral", "Lateral profile", "cell in x"),
          profile_figure(pair, Profile::radial, "radial", "Radial profile",
                         "ring around the central cell (cells)"),
          energy_figure(pair, bins),
          hits_figure(pair, bins),
          spectrum_figure(pair)};
}

}  // namespace showergan::physics
