#pragma once

#include <string>
#include <vector>

#include "physics/report/figure.hpp"

namespace showergan::physics {

/// What stands below a panel: each candidate compared with the reference, and the reference's own
/// error around the middle.
struct Comparisons {
  Curve reference;
  std::vector<Curve> candidates;
};

/// Ratios are left out where the reference is 0 or its error larger than half of it. Errors are of
/// the numerator alone.
Comparisons compare_curves(const Panel& panel);

/// Half the height of the plot below, a round number: nearly all points are inside, outliers do not
/// flatten it.
double comparison_range(const Panel& panel, const Comparisons& comparisons);

/// The gnuplot command that sets the range of the vertical axis of the curves; some range where
/// there are no curves, because gnuplot finds none itself then.
std::string y_range(const Panel& panel);
/// The same for the horizontal axis, which is that of the reference; few ticks where their numbers
/// are long.
std::string x_range(const Panel& panel);

}  // namespace showergan::physics
