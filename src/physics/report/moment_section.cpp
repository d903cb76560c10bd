#include "physics/report/sections.hpp"

namespace showergan::physics {

ReportSection moment_section(const DrawnSets& sets) {
  constexpr const char* kTitles[] = {"mean x",        "mean y",        "mean depth z",
                                     "variance in x", "variance in y", "variance in z"};
  constexpr double kPercent = 100;
  Figure means = sets.figure("moments", "Moments against energy", 3);
  Figure shapes = sets.figure("moments_fixed_energy", "Moments at fixed energy", 3);
  for (std::size_t i = 0; i < kMoments.size(); ++i) {
    const std::string unit = i < 3 ? " (cells)" : " (cells²)";
    const std::string name = name_of(kMoments[i]);
    Panel& panel =
        means.panels.emplace_back(sets.energy_panel(kMoments[i], kTitles[i], name + unit));
    // Across the shower the mean is the number of the central cell, so its ratio says nothing.
    if (i < 2) panel.below = Below::difference;
    shapes.panels.push_back(sets.fixed_energy_panel(kMoments[i], kTitles[i],
                                                    name + " − line of the Monte Carlo" + unit));
  }
  Figure thirds = sets.figure("thirds", "Thirds of the calorimeter", 3);
  constexpr const char* kThirdTitles[] = {"first third", "middle third", "last third"};
  for (std::size_t i = 0; i < kThirds.size(); ++i) {
    thirds.panels.push_back(
        sets.energy_panel(kThirds[i], kThirdTitles[i], "energy / cell sum (%)", kPercent));
  }
  for (std::size_t i = 0; i < kThirds.size(); ++i) {
    thirds.panels.push_back(sets.fixed_energy_panel(
        kThirds[i], "at fixed energy", "share − line of the Monte Carlo (%)", kPercent));
  }
  return {"Moments and thirds",
          "Energy-weighted mean positions and variances of each shower in cells, and the share of "
          "its energy in each third of the layers. At fixed energy, the straight line of the Monte "
          "Carlo against the primary energy is taken away in each bin; what lies outside the axis "
          "counts in the end bins.",
          {},
          {std::move(means), std::move(shapes), std::move(thirds)}};
}

}  // namespace showergan::physics
