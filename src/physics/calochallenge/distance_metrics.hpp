#pragma once

#include <vector>

#include "physics/calochallenge/compared_voxels.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// Fréchet and kernel physics distance, `fpd` and `kpd`, of protocol_features(): as
/// frechet_metric() and kernel_metric() have them, means over the halves. No value with fewer than
/// 100 showers in a half.
std::vector<MetricResult> distance_metrics(const ComparedVoxels& sets, bool uncertainties,
                                           int threads);

}  // namespace showergan::physics
