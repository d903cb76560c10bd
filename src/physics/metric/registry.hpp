#pragma once

#include <functional>
#include <string>
#include <vector>

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// One number that says how far two samples are apart; 0 is equal.
struct Metric {
  std::string name;   ///< "profile_z_mean", "separation[m1_x]"
  std::string group;  ///< heading in the table: "Energy"
  /// Whether it averages over all energies at once, so that it means nothing for samples of unequal
  /// energy spectra.
  bool pooled = false;
  std::function<Outcome(const Comparison&)> evaluate;
};

/// All of them, in the order of the report.
const std::vector<Metric>& metrics();

}  // namespace showergan::physics
