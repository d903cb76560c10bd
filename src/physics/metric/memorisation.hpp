#pragma once

#include "physics/metric/metric_result.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// Whether the candidate copies the showers it was trained on (METRICS: `memorisation`): the median
/// distance of its showers to the nearest one of the training set, over the same for the reference,
/// which must not be part of the training set. 1 is right, well below 1 is copying. Features as for
/// `precision`; up to 2,000 showers of each sample against the whole training set, exactly.
///
/// The floor is the ratio between two halves of the reference; the uncertainty comes from a
/// bootstrap of the distances. Does not depend on `threads`. Throws InputError if the training
/// showers have another grid or detector.
MetricResult memorisation(const Sample& reference, const Sample& candidate,
                          const ShowerSet& training, int threads);

}  // namespace showergan::physics
