#pragma once

#include <span>
#include <string>
#include <vector>

#include "physics/report/judged_set.hpp"
#include "physics/report/limits.hpp"

namespace showergan::physics {

enum class Verdict {
  kept,
  broken,     ///< also where the metric has no number
  not_gated,  ///< an AUC of too few showers
};

/// One limit, on one set.
struct LimitCheck {
  std::string set;  ///< its label
  std::string metric;
  Verdict verdict = Verdict::kept;
  std::string text;  ///< what is wrong, without the names: "excess 0.2 is above 0.1"
};

/// What the limits of a file say about the candidates.
struct GateResult {
  std::string file;
  std::vector<LimitCheck> checks;

  std::size_t count(Verdict verdict) const;
  bool passed() const { return count(Verdict::broken) == 0; }
  /// The check of that metric of that set; none if no limit is on it.
  const LimitCheck* find(const std::string& set, const std::string& metric) const;
};

/// What can be checked before there is anything to compare. Throws InputError for a limit on a
/// metric that does not exist, and names the most similar one. Metrics of single layers of a
/// CaloChallenge file depend on its binning: check_limits() looks at those.
void check_metric_names(const std::vector<Limit>& limits, const std::string& file);

/// Checks the limits on every set that is no yardstick. A metric without the number that its limit
/// is on breaks it, also where it was not computed. Throws InputError for a limit on a metric that
/// does not exist, and names the most similar one; `file` goes into errors and the result.
GateResult check_limits(const std::vector<Limit>& limits, const std::string& file,
                        std::span<const JudgedSet> sets);

}  // namespace showergan::physics
