#pragma once

#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/metric/similarity_gap.hpp"
#include "physics/report/drawn_sets.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {

/// The structural similarities behind `ssim_gap`: their distribution, and their mean in bins of the
/// energy. `similarities`: those of each candidate, in the order of the labels; without any figure
/// if one has none, which then says why.
ReportSection similarity_section(const std::vector<const Similarities*>& similarities,
                                 const FigureLabels& labels, const EnergyBins& bins);

}  // namespace showergan::physics
