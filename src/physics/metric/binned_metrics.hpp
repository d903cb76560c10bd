#pragma once

#include <cstdint>
#include <vector>

#include "physics/metric/metric_result.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// The metrics of the registry in one bin of the energy or of the polar angle.
struct BinMetrics {
  enum class Quantity { energy, theta };
  Quantity quantity = Quantity::energy;
  double low = 0;  ///< GeV or rad
  double high = 0;
  std::int64_t reference = 0;  ///< showers in the bin
  std::int64_t candidate = 0;
  std::vector<MetricResult> metrics;
};

/// The metrics of the registry in the bins of the energy (EnergyBins of the reference) and, where
/// both sets have angles and those of the reference vary, in five equal bins of the polar angle
/// from its least to its largest in the reference. Each bin is dealt to halves of its own, with
/// floors and if wanted uncertainties, the bootstrap of which draws from up to 500 showers of a
/// half. Bins that lack showers of either set are left out.
std::vector<BinMetrics> binned_metrics(const Sample& reference, const Sample& candidate,
                                       bool uncertainties, int threads);

}  // namespace showergan::physics
