#pragma once

#include "physics/feature_matrix.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// The high-level features of showers, a row each in the order of the sample (METRICS: `fpd`;
/// those of the CaloChallenge, arXiv:2410.21611, section 5): of every layer the energy over that of
/// the primary, the centre and the width of the energy along x and along y in mm, and last the sum
/// of all cells over the energy of the primary. 5·layers + 1 columns.
FeatureMatrix high_level_features(const Sample& sample);

}  // namespace showergan::physics
