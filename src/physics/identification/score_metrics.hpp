#pragma once

#include <array>
#include <string>
#include <vector>

#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// Efficiencies of the known particle at which a classifier is looked at.
inline constexpr std::array<double, 3> kWorkingPoints = {0.8, 0.9, 0.95};

/// Scores of as many Monte Carlo as candidate showers of the known particle, in order of the
/// energy.
struct ComparedScores {
  std::vector<double> reference;
  std::vector<double> candidate;
  bool paired = false;  ///< whether both have the same energies (Halves::paired)
};

/// Heading of the metrics of identification.
inline constexpr const char* kIdentificationGroup = "Particle identification";

/// What the scores say of a candidate, with floor, excess and uncertainty:
/// - `pid_separation[OTHER]`: separation power of the two distributions of the score (50 bins over
///   the 0.05 to 99.95 % quantiles of the reference, widened by 10 % on each side);
/// - `pid_efficiency_shift[OTHER]`: mean over kWorkingPoints of the absolute difference of the
///   efficiencies, the cut being the one that keeps so much of the reference.
///
/// Of neighbours in energy one is dealt to each of two halves, R1 and R2 of the reference and C1
/// and C2 of the candidate; the value is the mean of those between R1 and C1 and between R2 and C2,
/// the floor that between R1 and R2, and both are means over ten such dealings, because a single
/// number would often be 0 by chance. The uncertainty is that of 200 bootstraps of the scores. At
/// least two scores are needed.
std::vector<MetricResult> score_metrics(const ComparedScores& scores, const std::string& other,
                                        int threads);

}  // namespace showergan::physics
