#include "physics/report/curves.hpp"
#include "physics/report/sections.hpp"

namespace showergan::physics {

ReportSection energy_section(const DrawnSets& sets) {
  constexpr double kPercent = 100;
  Panel resolution;
  resolution.title = "energy resolution";
  resolution.x_label = "primary energy (GeV)";
  resolution.y_label = "σ68 / mean response (%)";
  sets.draw(resolution, [&](const Sample& sample) {
    return resolution_curve(sets.reference(), sample, sets.bins());
  });
  Figure figure = sets.figure("energy", "Energy in the calorimeter", 2);
  figure.panels = {sets.energy_panel(Observable::sampling_fraction, "sampling fraction",
                                     "cell sum / energy (%)", kPercent),
                   sets.energy_panel(Observable::response, "response (layers weighted)",
                                     "weighted sum / energy (%)", kPercent),
                   std::move(resolution),
                   sets.fixed_energy_panel(Observable::response, "response at fixed energy",
                                           "response − line of the Monte Carlo (%)", kPercent)};
  return {"Energy",
          "How much energy the cells hold, and how much it fluctuates. Layers are weighted by the "
          "absorber in front of them. σ68 is half the central 68 % interval at fixed energy.",
          {},
          {std::move(figure)}};
}

}  // namespace showergan::physics
