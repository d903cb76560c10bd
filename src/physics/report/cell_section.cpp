#include "base/units.hpp"
#include "physics/report/curves.hpp"
#include "physics/report/sections.hpp"

namespace showergan::physics {
namespace {

Figure hits_figure(const DrawnSets& sets) {
  constexpr const char* kTitles[] = {"cells above 70 keV", "cells above 200 keV",
                                     "cells above 300 keV"};
  Figure figure = sets.figure("hits", "Number of cells above a threshold", 3);
  for (std::size_t i = 0; i < kHits.size(); ++i) {
    figure.panels.push_back(sets.energy_panel(kHits[i], kTitles[i], "mean number of cells"));
  }
  for (const Observable hits : kHits) {
    figure.panels.push_back(
        sets.fixed_energy_panel(hits, "at fixed energy", "cells − line of the Monte Carlo"));
  }
  return figure;
}

Panel spectrum_panel(const DrawnSets& sets, Spectrum spectrum) {
  const bool wide = spectrum == Spectrum::wide;
  Panel panel;
  panel.title = wide ? "all cells" : "around the minimum-ionising particle";
  panel.x_label = "cell energy (MeV)";
  panel.y_label = wide ? "cells per shower and bin" : "cells per shower and 10 keV";
  panel.log_x = wide;
  panel.log_y = wide;
  panel.steps = true;
  sets.draw(panel, [&](const Sample& sample) { return spectrum_curve(sample, spectrum); });
  return panel;
}

Figure spectrum_figure(const DrawnSets& sets) {
  Figure figure = sets.figure("spectrum", "Cell energies", 2);
  figure.panels = {spectrum_panel(sets, Spectrum::wide), spectrum_panel(sets, Spectrum::mip)};
  return figure;
}

Figure sparsity_figure(const DrawnSets& sets) {
  Figure figure = sets.figure("sparsity", "Cells above a threshold", 2);
  for (const bool log : {false, true}) {
    Panel panel;
    panel.title = log ? "logarithmic" : "linear";
    panel.x_label = "threshold (MeV)";
    panel.y_label = "cells above it (%)";
    panel.log_x = true;
    panel.log_y = log;
    sets.draw(panel, sparsity_curve);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Panel position_panel(const DrawnSets& sets, Observable position, const std::string& title,
                     const std::string& x_label, std::int64_t cells) {
  std::vector<std::vector<double>> values;
  for (const Sample& sample : sets.samples()) values.push_back(sample.column(position));
  return histogram_panel(title, x_label, index_curves(values, static_cast<std::size_t>(cells)));
}

Figure hottest_figure(const DrawnSets& sets) {
  const Grid& grid = sets.reference().set().geometry().grid;
  Figure figure = sets.figure("hottest_cell", "Hottest cell of a shower", 2);
  figure.panels = {
      sets.energy_panel(Observable::max_cell, "its energy", "mean energy (MeV)", 1 / units::MeV),
      sets.fixed_energy_panel(Observable::log10_max_cell, "its energy at fixed energy",
                              "log10(energy / GeV) − line of the Monte Carlo"),
      position_panel(sets, Observable::max_z, "its layer", "layer", grid.nz),
      position_panel(sets, Observable::max_x, "its position in x", "cell in x", grid.nx)};
  return figure;
}

}  // namespace

ReportSection cell_section(const DrawnSets& sets) {
  return {"Cells",
          "Numbers of hits, energies of cells, and the hottest cell of each shower. 70 keV is half "
          "of what a minimum-ionising particle leaves in 0.5 mm of silicon; 200 and 300 keV are "
          "the thresholds of the 3DGAN papers.",
          {},
          {hits_figure(sets), spectrum_figure(sets), sparsity_figure(sets), hottest_figure(sets)}};
}

}  // namespace showergan::physics
