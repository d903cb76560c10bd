#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "physics/classifier/roc.hpp"
#include "physics/identification/efficiency.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// A cut on the score, and what passes it.
struct WorkingPoint {
  double efficiency = 0;  ///< of the reference that is asked for
  double cut = 0;
  Efficiency reference;
  Efficiency candidate;
  Efficiency other;  ///< taken for the known particle by mistake
  /// The same with the cut that keeps `efficiency` of the candidate: what an analysis would get
  /// that takes its cut from the candidate.
  Efficiency other_by_candidate;
};

/// What passes the cut of 90 % in a bin of the energy.
struct EnergyEfficiency {
  double low = 0;  ///< GeV
  double high = 0;
  Efficiency reference;
  Efficiency candidate;
  Efficiency other;
};

/// How a classifier that was trained on Monte Carlo to tell a known particle from another one takes
/// a candidate for the known particle, beside Monte Carlo that it has not seen.
struct Identification {
  std::string other;          ///< name of the other particle
  std::string file;           ///< of its showers
  std::int64_t training = 0;  ///< showers of each particle that the classifier has learnt from
  std::int64_t showers = 0;   ///< on each side of the comparison
  double energy_low = 0;      ///< GeV; of the bins in which both particles have showers
  double energy_high = 0;     ///< GeV
  std::string reason;         ///< why nothing was compared; empty if it was

  RocArea reference_area;                ///< between reference and other
  RocArea candidate_area;                ///< between candidate and other
  std::vector<double> reference_scores;  ///< in order of the energy
  std::vector<double> candidate_scores;
  std::vector<double> other_scores;
  std::vector<WorkingPoint> points;  ///< kWorkingPoints
  std::vector<EnergyEfficiency> energies;
  std::vector<MetricResult> metrics;  ///< score_metrics()
  std::vector<std::string> warnings;  ///< sentences
};

}  // namespace showergan::physics
