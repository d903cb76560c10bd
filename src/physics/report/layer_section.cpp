#include <algorithm>

#include <fmt/format.h>

#include "physics/report/curves.hpp"
#include "physics/report/sections.hpp"

namespace showergan::physics {
namespace {

/// A mean per layer, or with `spread` its standard deviation over the showers.
Panel layer_panel(const DrawnSets& sets, Profile profile, const std::string& title,
                  const std::string& y_label, bool spread) {
  Panel panel;
  panel.title = title;
  panel.x_label = "layer";
  panel.y_label = y_label;
  if (!spread && (profile == Profile::layer_centre_x || profile == Profile::layer_centre_y)) {
    panel.below = Below::difference;
  }
  sets.draw(panel, [&](const Sample& sample) {
    return spread ? profile_spread_curve(sample, profile) : profile_curve(sample, profile);
  });
  return panel;
}

Figure shape_figure(const DrawnSets& sets) {
  Figure figure = sets.figure("layer_shapes", "Position and width in each layer", 3);
  for (const bool y : {false, true}) {
    const Profile centre = y ? Profile::layer_centre_y : Profile::layer_centre_x;
    const Profile width = y ? Profile::layer_width_y : Profile::layer_width_x;
    const std::string axis = y ? "y" : "x";
    figure.panels.push_back(
        layer_panel(sets, centre, "centre in " + axis, "mean of the centre (mm)", false));
    figure.panels.push_back(layer_panel(sets, centre, "spread of the centre in " + axis,
                                        "standard deviation (mm)", true));
    figure.panels.push_back(
        layer_panel(sets, width, "width in " + axis, "mean of the width (mm)", false));
  }
  return figure;
}

/// Share of the primary energy in a layer, for every shower of a sample, in percent.
std::vector<double> layer_shares(const Sample& sample, std::size_t layer) {
  constexpr double kPercent = 100;
  std::vector<double> shares;
  for (const std::int64_t row : sample.rows()) {
    const double energy = sample.set().energy()[static_cast<std::size_t>(row)];
    shares.push_back(kPercent * sample.set().profile(Profile::slice_z, row)[layer] / energy);
  }
  return shares;
}

Figure energy_figure(const DrawnSets& sets) {
  constexpr std::size_t kLayers = 6;
  const auto layers = static_cast<std::size_t>(sets.reference().set().geometry().grid.nz);
  const std::size_t count = std::min(kLayers, layers);
  Figure figure = sets.figure("layer_energies", "Energy in single layers", std::min(count, 3UL));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t layer = (2 * i + 1) * layers / (2 * count);  // evenly over the depth
    std::vector<std::vector<double>> values;
    for (const Sample& sample : sets.samples()) values.push_back(layer_shares(sample, layer));
    figure.panels.push_back(histogram_panel(fmt::format("layer {}", layer),
                                            "layer energy / primary energy (%)",
                                            distribution_curves(values)));
  }
  return figure;
}

}  // namespace

ReportSection layer_section(const DrawnSets& sets) {
  return {"Layers",
          "In each layer, the energy-weighted mean position across the shower and the width around "
          "it; the share of the primary energy that single layers hold.",
          {},
          {energy_figure(sets), shape_figure(sets)}};
}

}  // namespace showergan::physics
