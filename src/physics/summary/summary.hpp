#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "physics/shower_set.hpp"

namespace showergan::physics {

/// An observable of the showers in a bin of the energy.
struct BinObservable {
  double mean = 0;
  double rms = 0;    ///< about the mean
  double slope = 0;  ///< per GeV, of the straight line against the primary energy in the bin
};

/// What is kept of the showers in one bin of the primary energy.
struct SummaryBin {
  double energy_low = 0;   ///< GeV
  double energy_high = 0;  ///< GeV
  double energy_mean = 0;  ///< GeV, of the showers in the bin
  double energy_rms = 0;   ///< GeV, about the mean
  std::int64_t showers = 0;
  BinObservable sampling_fraction;
  BinObservable response;
  BinObservable depth;  ///< longitudinal centre of gravity m1_z, in layers
  BinObservable hits_300keV;
  std::vector<double> profile_x;  ///< (nx) mean energy per slice, GeV
  std::vector<double> profile_z;  ///< (nz) mean energy per layer, GeV
};

/// The essence of a Monte Carlo sample, small enough for a model's card, so that generated showers
/// can be judged where the sample is not at hand.
struct Summary {
  std::string source;    ///< what the showers are: file, program and version
  std::string detector;  ///< name of the description they were measured with; empty if none
  Grid grid;
  double threshold = 0;                 ///< GeV; cells below were read as 0
  std::vector<SummaryBin> bins;         ///< by energy; bins of few showers are left out
  std::optional<double> ms_per_shower;  ///< time of the simulation, if known
};

/// Summary of a set in ten bins of equal width over its energies (EnergyBins); bins with fewer than
/// 20 showers are left out. Throws InputError if no bin is left.
Summary summarize(const ShowerSet& set, std::string source, std::string detector = "");

/// The summary as JSON: an object whose member `monte_carlo` holds source, detector, grid,
/// threshold, `bins` and, if known, ms_per_shower. It may be stored as is among the facts of a
/// model's card.
std::string to_json(const Summary& summary);

/// Shorthand for to_json(summarize(…)) with the time per shower.
std::string summarize_monte_carlo(const ShowerSet& set, std::string source,
                                  std::string detector = "",
                                  std::optional<double> ms_per_shower = std::nullopt);

/// Reads what to_json wrote, whatever else the object holds. `where` (a file, a model) goes into
/// errors. Throws InputError if `monte_carlo` is missing or malformed, and names the member.
Summary parse_summary(std::string_view json, const std::string& where);

}  // namespace showergan::physics
