#pragma once

#include <vector>

#include "physics/calochallenge/compared_voxels.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// The separation powers of the protocol: of each observable, of the energies of all voxels, their
/// mean over the layers of each quantity, and over everything. Those of single layers are details.
///
/// The value compares all showers of both sets, as the CaloChallenge does, so that it can stand
/// beside published numbers. The noise of a separation power, which is all there is between sets of
/// one distribution, is in proportion to 1/n + 1/m for n and m showers; the floor is therefore that
/// between the two halves of the reference times (1 + n/m) / 4, which brings it to the sizes of the
/// value.
///
/// Uncertainties come from 200 bootstraps of up to 5,000 showers of each set, evenly in order of
/// energy, the same ones of both where they have the same energies; scaled by the root of the
/// number. Nothing depends on `threads`.
std::vector<MetricResult> separation_metrics(const ComparedVoxels& sets, bool uncertainties,
                                             int threads);

}  // namespace showergan::physics
