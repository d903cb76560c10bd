#pragma once

#include <cstdint>

#include "physics/metric/halved_features.hpp"
#include "physics/metric/halves.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// The kernel physics distance, times 1,000 (METRICS: `kpd`), on halves thinned to 5,000 showers,
/// of features as for the Fréchet distance. The uncertainty, if wanted, is the spread over samples
/// of half of the showers, drawn without replacement as 32 of 64 random groups.
MetricResult kernel_metric(const Halves& halves, bool uncertainty, int threads);

/// The same of features that are normalised already, of at most kKernelShowers showers of a half.
MetricResult kernel_metric(const HalvedFeatures& features, bool uncertainty, int threads);

/// Showers of a half that are compared.
inline constexpr std::int64_t kKernelShowers = 5'000;

}  // namespace showergan::physics
