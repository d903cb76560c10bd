#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "physics/metric/compare.hpp"
#include "physics/shower_set.hpp"
#include "physics/summary/summary.hpp"

namespace showergan::physics {

/// A number of the Monte Carlo beside that of the candidate.
struct Deviation {
  double reference = 0;
  double candidate = 0;
  double deviation = 0;  ///< (candidate − reference) / reference
  double error = 0;      ///< statistical, of the deviation
};

/// One bin of the energy. Without numbers (`compared` off) where the candidate has fewer than 20
/// showers.
struct BinComparison {
  double energy_low = 0;     ///< GeV
  double energy_high = 0;    ///< GeV
  std::int64_t showers = 0;  ///< of the candidate
  bool compared = false;
  Deviation sampling_fraction;
  Deviation response;
  Deviation depth;
  Deviation hits_300keV;
  double maximum_reference = 0;  ///< of the mean longitudinal profile, in layers
  double maximum_candidate = 0;
  double profile_x = 0;  ///< mean relative deviation over slices with ≥ 1 % of the energy
  double profile_z = 0;
};

/// A candidate against the summary of a Monte Carlo sample.
struct SummaryComparison {
  std::vector<BinComparison> bins;
  /// `sampling_fraction_mre`, `response_mre`, … as far as means allow; without floors.
  std::vector<MetricResult> metrics;
  std::vector<std::string> warnings;
  /// Mean profiles over the compared bins, the summary's weighted by the candidate's showers; GeV.
  std::vector<double> profile_x;
  std::vector<double> profile_z;
  std::vector<std::int64_t> rows;  ///< the candidate's showers in the compared bins
};

/// Compares in the bins of the summary. The summary's means are moved along their slopes, and its
/// profiles scaled, to the candidate's mean energy in the bin, so that a candidate of one energy is
/// compared there. Throws InputError if the grids differ or no bin can be compared.
SummaryComparison compare_with_summary(const Summary& summary, const ShowerSet& candidate);

/// The same with the JSON of a model's card.
SummaryComparison compare_with_card(std::string_view json, const std::string& where,
                                    const ShowerSet& candidate);

}  // namespace showergan::physics
