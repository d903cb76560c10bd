#include "physics/report/metric_meaning.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "physics/metric/registry.hpp"

namespace showergan::physics {
namespace {

using Meaning = std::pair<std::string_view, std::string_view>;

constexpr std::array<Meaning, 47> kMeanings = {{
    {"sampling_fraction_mre", "cell sum over primary energy, mean deviation over energy bins"},
    {"response_mre", "the same with layers weighted by their absorber"},
    {"resolution_mre", "relative deviation of the energy resolution σ68"},
    {"profile_z_mean", "longitudinal profile, mean deviation of the layers"},
    {"profile_z_max", "longitudinal profile, largest deviation"},
    {"profile_x_mean", "lateral profile, mean deviation of the slices"},
    {"profile_x_max", "lateral profile, largest deviation"},
    {"profile_radial_mean", "radial profile, mean deviation of the rings"},
    {"profile_radial_max", "radial profile, largest deviation"},
    {"profile_tail", "energy more than 6 cells from the axis, deviation"},
    {"moments_shift", "means of six moments at fixed energy, in standard deviations"},
    {"moments_width", "widths of six moments at fixed energy, relative deviation"},
    {"depth_mre", "longitudinal centre of gravity, mean deviation over energy bins"},
    {"hits_mre", "cells above three thresholds, mean deviation"},
    {"hits_300keV_mre", "cells above 300 keV, mean deviation over energy bins"},
    {"hits_width", "widths of the hit numbers at fixed energy, relative deviation"},
    {"spectrum_mre", "cell energies from 1 keV to 1 GeV, mean deviation of the bins"},
    {"spectrum_mip", "cell energies around the minimum-ionising peak"},
    {"separation_mean", "mean of the separation powers above; 0 equal, 1 disjoint"},
    {"correlation_distance", "mean difference of correlations at fixed energy"},
    {"ssim_gap", "structural similarity of images, lost against the Monte Carlo's own"},
    {"fpd", "Fréchet distance of high-level features, × 1000"},
    {"kpd", "kernel distance of high-level features, × 1000"},
    {"precision", "candidate showers inside the reference's neighbourhoods; 1 is best"},
    {"recall", "reference showers inside the candidate's neighbourhoods; 1 is best"},
    {"density", "candidate showers per neighbourhood of the reference; 1 is best"},
    {"coverage", "neighbourhoods of the reference that hold a candidate; 1 is best"},
    {"auc_high", "classifier on high-level features; 0.5 cannot tell, 1 always can"},
    {"auc_low", "classifier on cells; 0.5 cannot tell, 1 always can"},
    {"auc_cnn", "convolutional classifier; 0.5 cannot tell, 1 always can"},
    {"memorisation", "distance to training showers over that of fresh ones; 1 is right"},
    {"ms_per_shower", "generation time"},
    {"separation_power[e_ratio]", "sum of the voxels over the primary energy; CaloChallenge"},
    {"separation_power[e_total]", "sum of the voxels; CaloChallenge"},
    {"separation_power[e_voxel]", "energies of all voxels; CaloChallenge"},
    {"separation_power_e_ratio_at", "sum over primary energy, mean over the primary energies"},
    {"separation_power_e_layer", "energy of a layer, mean over the layers"},
    {"separation_power_centre_eta", "centre of energy in η, mean over the layers"},
    {"separation_power_centre_phi", "centre of energy in φ, mean over the layers"},
    {"separation_power_width_eta", "width in η, mean over the layers"},
    {"separation_power_width_phi", "width in φ, mean over the layers"},
    {"separation_power_sparsity", "part of the voxels that are 0, mean over the layers"},
    {"separation_power_centre_r", "radial centre of energy, mean over the layers"},
    {"separation_power_width_r", "radial width, mean over the layers"},
    {"separation_power_mean", "mean of the separation powers of everything"},
    {"separation[response]", "separation power of the response at fixed energy"},
    {"separation[log10_max_cell]", "separation power of the hottest cell's energy"},
}};

/// Of names that begin so and end with the name of a particle in brackets.
constexpr std::array<Meaning, 2> kFamilies = {{
    {"pid_separation[", "separation power of the score of a classifier against this particle"},
    {"pid_efficiency_shift[", "identification against this particle, shift of the efficiency"},
}};

bool is_separation(std::string_view name) {
  return name.starts_with("separation[") &&
         std::ranges::any_of(metrics(), [&](const Metric& metric) { return metric.name == name; });
}

}  // namespace

std::string metric_meaning(std::string_view name) {
  const auto exact = std::ranges::find(kMeanings, name, &Meaning::first);
  if (exact != kMeanings.end()) return std::string(exact->second);
  if (is_separation(name)) return "separation power of this observable at fixed energy";
  const auto family = std::ranges::find_if(
      kFamilies, [name](const Meaning& meaning) { return name.starts_with(meaning.first); });
  return family != kFamilies.end() ? std::string(family->second) : "";
}

std::vector<std::string_view> metrics_with_meaning() {
  std::vector<std::string_view> names;
  for (const Meaning& meaning : kMeanings) names.push_back(meaning.first);
  for (const Metric& metric : metrics()) {
    if (is_separation(metric.name)) names.push_back(metric.name);
  }
  return names;
}

}  // namespace showergan::physics
