#pragma once

#include <cstdint>
#include <utility>

#include "physics/calochallenge/compared_voxels.hpp"
#include "physics/classifier/classifier_result.hpp"
#include "physics/classifier/compact_images.hpp"
#include "physics/classifier/train_classifier.hpp"

namespace showergan::physics {

/// The classifiers of the CaloChallenge (arXiv:2410.21611, section 4; `evaluate.py` of its public
/// code): three layers of 512 with LeakyReLU 0.01, Adam with rate 2e-4, batches of 1,000, 50
/// epochs, 60, 20 and 20 % of the showers to learn, to choose the epoch and to judge. What differs:
/// the epoch is that of the lowest loss, not of the highest accuracy, and three seeds are trained,
/// of which the median counts. No AUC, but a reason, with fewer than kLeastShowers.
///
/// `auc_high`: protocol_features(), as they are.
ClassifierResult protocol_auc_high(const ComparedVoxels& sets, const ClassifierOptions& options);

/// `auc_low`: log10 of the primary's energy and 100·E/E_inc of each voxel.
ClassifierResult protocol_auc_low(const CompactImages& reference, const CompactImages& candidate,
                                  const ClassifierOptions& options);

/// `auc_cnn`: our convolutional classifier, auc_cnn(), on (ring, sector, layer), in place of the
/// residual network of the CaloChallenge, which needs batch normalisation. None where layers are
/// cut differently, as there neighbours in the image are not neighbours in space.
ClassifierResult protocol_auc_cnn(const VoxelSet& set, const CompactImages& reference,
                                  const CompactImages& candidate, const ClassifierOptions& options);

/// The showers of each set whose voxels a classifier takes, `most` at most.
std::pair<ImageSelection, ImageSelection> selected_images(const ComparedVoxels& sets,
                                                          std::int64_t most);

}  // namespace showergan::physics
