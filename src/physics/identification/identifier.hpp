#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"
#include "physics/classifier/feature_table.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

struct IdentificationOptions {
  std::uint64_t seed = 1;  ///< of the parts, the initial weights and the order of the showers
  int threads = 1;         ///< make no difference to the result
  bool quiet = true;       ///< no progress
};

/// Showers of two particles, those of either with the same energy spectrum.
struct ParticlePair {
  Sample known;
  Sample other;
};

/// Tells showers of a known particle from those of another one: two layers of 256 on
/// classifier_features(), as the classifier `auc_high`, trained with cross-entropy.
class Identifier {
 public:
  /// Trains it; the epoch with the best loss on `validation` counts. `other` names the particle for
  /// the progress. Throws InputError if a part is empty.
  Identifier(const ParticlePair& training, const ParticlePair& validation, const std::string& other,
             const IdentificationOptions& options);

  /// The score of each shower, in the order of the sample: the logarithm of the odds that it is of
  /// the known particle, were both equally frequent. By the lemma of J. Neyman and E. S. Pearson
  /// (Phil. Trans. R. Soc. A 231 (1933) 289) a cut on it rejects most at any efficiency, as far as
  /// the network has learnt it.
  std::vector<double> scores(const Sample& sample) const;

 private:
  nn::Graph graph_;
  FeatureScale scale_;
  nn::Parameters parameters_;
  int threads_;
};

}  // namespace showergan::physics
