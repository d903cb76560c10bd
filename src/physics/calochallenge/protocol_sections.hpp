#pragma once

#include <vector>

#include "physics/calochallenge/drawn_voxels.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {

/// What the report shows of a comparison by the protocol of the CaloChallenge: energies, layers,
/// centres and widths, sparsity and radii in its histograms, and the separation powers by layer.
std::vector<ReportSection> protocol_sections(const DrawnVoxels& sets);

}  // namespace showergan::physics
