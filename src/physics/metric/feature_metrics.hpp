#pragma once

#include <vector>

#include "physics/metric/halves.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// The metrics on high-level features: `fpd`, `kpd`, `precision`, `recall`, `density`, `coverage`,
/// each as the mean over the halves, with its floor and if wanted its uncertainty. None has a value
/// with fewer than 100 showers in a half, or with `different` energy spectra. Does not depend on
/// `threads`.
std::vector<MetricResult> feature_metrics(const Halves& halves, bool different, bool uncertainties,
                                          int threads);

}  // namespace showergan::physics
