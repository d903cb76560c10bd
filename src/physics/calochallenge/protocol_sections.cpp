#include "physics/calochallenge/protocol_sections.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "physics/calochallenge/protocol_observable.hpp"

namespace showergan::physics {
namespace {

/// What a quantity is called in figures.
struct Title {
  std::string text;
  std::string axis;
};

Title title_of(LayerQuantity quantity) {
  switch (quantity) {
    case LayerQuantity::energy:
      return {"energy", "energy (MeV)"};
    case LayerQuantity::centre_eta:
      return {"centre in η", "centre in η (mm)"};
    case LayerQuantity::centre_phi:
      return {"centre in φ", "centre in φ (mm)"};
    case LayerQuantity::width_eta:
      return {"width in η", "width in η (mm)"};
    case LayerQuantity::width_phi:
      return {"width in φ", "width in φ (mm)"};
    case LayerQuantity::sparsity:
      return {"sparsity", "part of the voxels that are 0"};
    case LayerQuantity::centre_r:
      return {"radial centre", "radial centre (mm)"};
    case LayerQuantity::width_r:
      break;
  }
  return {"radial width", "radial width (mm)"};
}

/// Observables of a group, `most` of them evenly over the depth.
std::vector<ProtocolObservable> some_of(const VoxelSet& set, const std::string& group,
                                        std::size_t most) {
  std::vector<ProtocolObservable> all = protocol_observables(set);
  std::erase_if(all, [&](const ProtocolObservable& one) { return one.group != group; });
  std::vector<ProtocolObservable> some;
  const std::size_t count = std::min(most, all.size());
  for (std::size_t i = 0; i < count; ++i)
    some.push_back(all[(2 * i + 1) * all.size() / (2 * count)]);
  return some;
}

void add_histograms(Figure& figure, const DrawnVoxels& sets, LayerQuantity quantity,
                    std::size_t most) {
  const Title title = title_of(quantity);
  for (const auto& one : some_of(sets.reference(), name_of(quantity), most)) {
    const int id = sets.reference().layers()[one.layer].id;
    figure.panels.push_back(sets.histogram(binned_observable(sets.reference(), one),
                                           fmt::format("{}, layer {}", title.text, id),
                                           title.axis));
  }
}

Figure sums_figure(const DrawnVoxels& sets) {
  Figure figure = sets.figure("calochallenge_energy", "Energies of showers and voxels", 3);
  for (const ProtocolObservable& one : protocol_observables(sets.reference())) {
    if (!one.group.empty()) continue;
    const bool ratio = one.kind == ProtocolObservable::Kind::energy_ratio;
    figure.panels.push_back(
        sets.histogram(binned_observable(sets.reference(), one),
                       ratio ? "sum of the voxels over the primary energy" : "sum of the voxels",
                       ratio ? "E_tot / E_inc" : "E_tot (MeV)"));
  }
  figure.panels.push_back(
      sets.histogram(binned_voxels(sets.reference()), "voxels", "energy of a voxel (MeV)"));
  return figure;
}

/// E_tot/E_inc at the single energies of data set 1; without panels for other sets.
Figure ratios_figure(const DrawnVoxels& sets) {
  Figure figure =
      sets.figure("calochallenge_energy_ratios", "E_tot / E_inc at each primary energy", 3);
  for (const auto& one : some_of(sets.reference(), "e_ratio_at", 15)) {
    figure.panels.push_back(sets.histogram(binned_observable(sets.reference(), one),
                                           fmt::format("{:.4g} GeV", one.low / 1000),
                                           "E_tot / E_inc"));
  }
  return figure;
}

ReportSection energy_section(const DrawnVoxels& sets) {
  ReportSection section = {
      "Energy",
      "The sum of the voxels, over the energy of the primary and as it is, and the energies of all "
      "voxels. Bins are those in which the CaloChallenge compares.",
      {},
      {sums_figure(sets)}};
  Figure ratios = ratios_figure(sets);
  if (!ratios.panels.empty()) section.figures.push_back(std::move(ratios));
  return section;
}

ReportSection layer_section(const DrawnVoxels& sets) {
  Figure profile = sets.figure("calochallenge_profile", "Energy in each layer", 2);
  for (const bool log : {false, true}) {
    profile.panels.push_back(sets.by_layer(LayerQuantity::energy, false,
                                           log ? "logarithmic" : "linear", "mean energy (MeV)"));
    profile.panels.back().log_y = log;
  }
  Figure layers = sets.figure("calochallenge_layer_energies", "Energy in single layers", 3);
  add_histograms(layers, sets, LayerQuantity::energy, 6);
  return {"Layers",
          "The energy of each layer, its mean and its distribution. Empty layers are below the "
          "range of the histogram and are not counted there.",
          {},
          {std::move(profile), std::move(layers)}};
}

/// Means and spreads of two quantities by layer, and their histograms in three layers.
void add_figures(ReportSection& section, const DrawnVoxels& sets, const std::string& name,
                 const std::string& title, LayerQuantity first, LayerQuantity second) {
  Figure means = sets.figure("calochallenge_" + name, title + " by layer", 2);
  Figure histograms = sets.figure("calochallenge_" + name + "_layers", title, 3);
  for (const LayerQuantity quantity : {first, second}) {
    if (some_of(sets.reference(), name_of(quantity), 1).empty()) continue;
    const Title words = title_of(quantity);
    means.panels.push_back(sets.by_layer(quantity, false, words.text, "mean, " + words.axis));
    means.panels.push_back(sets.by_layer(quantity, true, "spread of the " + words.text,
                                         "standard deviation over showers"));
    add_histograms(histograms, sets, quantity, 3);
  }
  if (means.panels.empty()) return;
  section.figures.push_back(std::move(means));
  section.figures.push_back(std::move(histograms));
}

ReportSection shape_section(const DrawnVoxels& sets) {
  ReportSection section = {
      "Centres and widths",
      "In each layer that is cut in the angle the energy-weighted mean position across the shower, "
      "along η and φ, and the width around it; an empty layer has both at 0.",
      {},
      {}};
  add_figures(section, sets, "centres", "Centres of energy", LayerQuantity::centre_eta,
              LayerQuantity::centre_phi);
  add_figures(section, sets, "widths", "Widths", LayerQuantity::width_eta,
              LayerQuantity::width_phi);
  return section;
}

ReportSection radial_section(const DrawnVoxels& sets) {
  ReportSection section = {
      "Sparsity and radius",
      "In each layer the part of the voxels that are 0, and the energy-weighted mean radius and "
      "the width around it.",
      {},
      {}};
  add_figures(section, sets, "radii", "Radii", LayerQuantity::centre_r, LayerQuantity::width_r);
  Figure means = sets.figure("calochallenge_sparsity", "Sparsity", 2);
  means.panels.push_back(sets.by_layer(LayerQuantity::sparsity, false, "mean sparsity",
                                       "part of the voxels that are 0"));
  add_histograms(means, sets, LayerQuantity::sparsity, 3);
  section.figures.push_back(std::move(means));
  return section;
}

ReportSection separation_section(const DrawnVoxels& sets) {
  Figure figure = sets.figure("calochallenge_separation", "Separation powers by layer", 3);
  figure.reference_label = "floor";
  for (const LayerQuantity quantity : kAllLayerQuantities) {
    Panel panel = sets.separations(quantity, title_of(quantity).text);
    if (!panel.reference.x.empty()) figure.panels.push_back(std::move(panel));
  }
  ReportSection section = {
      "Separation powers",
      "½ Σ (p − q)² / (p + q) of the histograms of each layer: 0 for equal distributions, 1 for "
      "ones "
      "that do not overlap. The floor is that between the halves of the reference, brought to the "
      "number of showers that are compared. The numbers are in metrics.json.",
      {},
      {}};
  if (!figure.panels.empty()) section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace

std::vector<ReportSection> protocol_sections(const DrawnVoxels& sets) {
  return {separation_section(sets), energy_section(sets), layer_section(sets), shape_section(sets),
          radial_section(sets)};
}

}  // namespace showergan::physics
