#pragma once

#include <cstdint>

#include "physics/metric/halved_features.hpp"
#include "physics/metric/halves.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// The Fréchet physics distance, times 1,000 (METRICS: `fpd`), on halves thinned to 20,000 showers,
/// of features over their largest absolute value in the reference.
///
/// The uncertainty, if wanted, is the spread of the Fréchet distance over samples of half of the
/// showers, drawn without replacement as 32 of 64 random groups. It is that of the distance itself,
/// not of its extrapolation; the two differ by a bias.
MetricResult frechet_metric(const Halves& halves, bool uncertainty, int threads);

/// The same of features that are normalised already, of at most kFrechetShowers showers of a half.
MetricResult frechet_metric(const HalvedFeatures& features, bool uncertainty, int threads);

/// Showers of a half that are compared.
inline constexpr std::int64_t kFrechetShowers = 20'000;

}  // namespace showergan::physics
