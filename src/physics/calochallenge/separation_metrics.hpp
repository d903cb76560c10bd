#pragma once

#include <vector>

#include "physics/calochallenge/compared_voxels.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// The separation powers of the protocol: of each observable, of the energies of all voxels, their
/// mean over the layers of each quantity, and over everything. Those of single layers are details.
///
/// The value compares all showers of both sets, as the CaloChallenge does, so that it can stand
/// beside published numbers. Between sets of one distribution a separation power is noise, of which
/// each bin that holds a shower has (1/n + 1/m) / 4 on average for n and m showers. The floor is
/// therefore that between the two halves of the reference times (1 + n/m) / 4 and times the number
/// of bins that hold a shower of either set over that of the reference, which brings it to the
/// sizes of the value.
///
/// Uncertainties come from 200 bootstraps of up to 5,000 showers of each set, evenly in order of
/// energy, the same ones of both where they have the same energies; scaled by the root of the
/// number. Nothing depends on `threads`.
std::vector<MetricResult> separation_metrics(const ComparedVoxels& sets, bool uncertainties,
                                             int threads);

}  // namespace showergan::physics
