#include "physics/metric/registry.hpp"

#include <array>

#include "physics/metric/correlation_distance.hpp"
#include "physics/metric/fixed_energy.hpp"
#include "physics/metric/mean_deviation.hpp"
#include "physics/metric/profile_deviation.hpp"
#include "physics/metric/resolution.hpp"
#include "physics/metric/separation.hpp"
#include "physics/metric/spectrum_deviation.hpp"

namespace showergan::physics {
namespace {

std::function<Outcome(const Comparison&)> mean_error_of(Observable observable) {
  return [observable](const Comparison& comparison) {
    return mean_relative_error(comparison, std::array{observable});
  };
}

void add_energy(std::vector<Metric>& list) {
  const std::string group = "Energy";
  list.push_back(
      {"sampling_fraction_mre", group, false, mean_error_of(Observable::sampling_fraction)});
  list.push_back({"response_mre", group, false, mean_error_of(Observable::response)});
  list.push_back({"resolution_mre", group, false, resolution_deviation});
}

void add_profiles(std::vector<Metric>& list) {
  const std::string group = "Profiles";
  const std::pair<std::string, Profile> profiles[] = {{"profile_z", Profile::slice_z},
                                                      {"profile_x", Profile::slice_x},
                                                      {"profile_radial", Profile::radial}};
  for (const auto& [name, profile] : profiles) {
    list.push_back({name + "_mean", group, true, [profile = profile](const Comparison& comparison) {
                      return profile_deviation(comparison, profile).mean;
                    }});
    list.push_back({name + "_max", group, true, [profile = profile](const Comparison& comparison) {
                      return profile_deviation(comparison, profile).max;
                    }});
  }
  list.push_back({"profile_tail", group, true, tail_deviation});
}

void add_moments(std::vector<Metric>& list) {
  list.push_back({"moments_shift", "Moments", false,
                  [](const Comparison& comparison) { return mean_shift(comparison, kMoments); }});
  list.push_back({"moments_width", "Moments", false, [](const Comparison& comparison) {
                    return mean_width_deviation(comparison, kMoments);
                  }});
}

void add_cells(std::vector<Metric>& list) {
  const std::string group = "Cells";
  list.push_back({"hits_mre", group, false, [](const Comparison& comparison) {
                    return mean_relative_error(comparison, kHits);
                  }});
  list.push_back({"hits_width", group, false, [](const Comparison& comparison) {
                    return mean_width_deviation(comparison, kHits);
                  }});
  list.push_back({"spectrum_mre", group, true, [](const Comparison& comparison) {
                    return spectrum_deviation(comparison, Spectrum::wide);
                  }});
  list.push_back({"spectrum_mip", group, true, [](const Comparison& comparison) {
                    return spectrum_deviation(comparison, Spectrum::mip);
                  }});
}

void add_distributions(std::vector<Metric>& list) {
  const std::string group = "Distributions at fixed energy";
  for (const Observable observable : kSeparated) {
    list.push_back({"separation[" + name_of(observable) + "]", group, false,
                    [observable](const Comparison& comparison) {
                      return separation(comparison, observable);
                    }});
  }
  list.push_back({"separation_mean", group, false, mean_separation});
  list.push_back({"correlation_distance", group, false, correlation_distance});
}

std::vector<Metric> all_metrics() {
  std::vector<Metric> list;
  add_energy(list);
  add_profiles(list);
  add_moments(list);
  add_cells(list);
  add_distributions(list);
  return list;
}

}  // namespace

const std::vector<Metric>& metrics() {
  static const std::vector<Metric> list = all_metrics();
  return list;
}

}  // namespace showergan::physics
