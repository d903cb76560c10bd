#pragma once

#include <utility>

#include "physics/classifier/classifier_result.hpp"
#include "physics/classifier/compact_images.hpp"
#include "physics/classifier/train_classifier.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// As many showers of either set, in order of energy and thinned evenly to at most `most`: what a
/// classifier may compare.
std::pair<Sample, Sample> classes_of(const ShowerSet& reference, const ShowerSet& candidate,
                                     std::int64_t most);

/// Images of a set that the classifiers of cells take: 20,000, or fewer where those of both sets
/// could need more than 4 GB.
std::int64_t most_images(const Grid& grid);

/// The classifiers of METRICS. Samples are those of classes_of(); rows in the result are those of
/// the sets. There is no AUC, but a reason, if the samples hold fewer than kLeastShowers.
///
/// `auc_high`: two layers of 256 on classifier_features(), standardised with the reference.
ClassifierResult auc_high(const Sample& reference, const Sample& candidate,
                          const ClassifierOptions& options);
/// `auc_low`: two layers of 512 on 100·E/Ep of the cells and log10 Ep.
ClassifierResult auc_low(const CompactImages& reference, const CompactImages& candidate,
                         const ClassifierOptions& options);
/// `auc_cnn`: image_network() on the logarithm of the cells; its convolutions in bf16 where the
/// processor has instructions for it. A single training where an AUC is precise enough to be judged
/// by (kGatedShowers), because it takes an hour of core time there.
ClassifierResult auc_cnn(const CompactImages& reference, const CompactImages& candidate,
                         const ClassifierOptions& options);

}  // namespace showergan::physics
