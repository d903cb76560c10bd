#include <fmt/format.h>

#include "base/units.hpp"
#include "physics/report/curves.hpp"
#include "physics/report/sections.hpp"

namespace showergan::physics {
namespace {

struct Axis {
  Profile profile;
  std::string label;
};

Panel profile_panel(const DrawnSets& sets, const Axis& axis, const std::string& title, bool log) {
  Panel panel;
  panel.title = title;
  panel.x_label = axis.label;
  panel.y_label = "mean energy (MeV)";
  panel.log_y = log;
  sets.draw(panel, [&](const Sample& sample) {
    return profile_curve(sample, axis.profile, 1 / units::MeV);
  });
  return panel;
}

Figure whole_figure(const DrawnSets& sets, const std::vector<Axis>& axes, const std::string& name,
                    const std::string& title) {
  Figure figure = sets.figure(name, title + ", all energies", 2);
  for (const Axis& axis : axes) {
    for (const bool log : {false, true}) {
      figure.panels.push_back(profile_panel(sets, axis, log ? "logarithmic" : "linear", log));
    }
  }
  return figure;
}

/// The lowest, the middle and the highest bin of the energy; all of them if there are fewer.
std::vector<std::size_t> shown_bins(const EnergyBins& bins) {
  if (bins.size() < 3) return {0};
  return {0, bins.size() / 2, bins.size() - 1};
}

/// The same in a few bins of the energy; linear above, logarithmic below.
Figure binned_figure(const DrawnSets& sets, const Axis& axis, const std::string& name,
                     const std::string& title) {
  const std::vector<std::size_t> shown = shown_bins(sets.bins());
  Figure figure = sets.figure(name + "_energies", title + " in bins of the energy", shown.size());
  std::vector<std::vector<Sample>> split;
  for (const Sample& sample : sets.samples()) split.push_back(sets.bins().split(sample));
  for (const bool log : {false, true}) {
    for (const std::size_t bin : shown) {
      std::vector<Sample> samples;
      for (const auto& parts : split) samples.push_back(parts[bin]);
      if (samples.front().size() == 0) continue;
      const std::string range =
          fmt::format("{:.4g} – {:.4g} GeV", sets.bins().low(bin), sets.bins().high(bin));
      figure.panels.push_back(
          profile_panel(DrawnSets(std::move(samples), sets.labels()), axis, range, log));
    }
  }
  return figure;
}

ReportSection section(const DrawnSets& sets, const std::vector<Axis>& axes, const std::string& name,
                      const std::string& title, const std::string& text) {
  ReportSection result = {title, text};
  result.figures = {whole_figure(sets, axes, name, title),
                    binned_figure(sets, axes.front(), name, title)};
  return result;
}

}  // namespace

std::vector<ReportSection> profile_sections(const DrawnSets& sets) {
  return {
      section(sets, {{Profile::slice_z, "layer"}}, "longitudinal", "Longitudinal profile",
              "Mean energy of each layer."),
      section(sets, {{Profile::slice_x, "cell in x"}, {Profile::slice_y, "cell in y"}}, "lateral",
              "Lateral profiles",
              "Mean energy of each slice across the shower, all layers together. The bins of "
              "the energy are shown for x."),
      section(sets, {{Profile::radial, "ring around the central cell"}}, "radial", "Radial profile",
              "Mean energy in rings: ring k holds the cells whose distance from the central "
              "cell, in cells, rounds to k.")};
}

}  // namespace showergan::physics
