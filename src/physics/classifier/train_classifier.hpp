#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"
#include "physics/classifier/classifier_result.hpp"
#include "physics/classifier/two_sets.hpp"
#include "training/supervised.hpp"

namespace showergan::physics {

struct ClassifierOptions {
  int seeds = 3;           ///< trainings, of which the median counts; odd
  std::uint64_t seed = 1;  ///< of the first one; the next have the numbers after it
  int threads = 1;         ///< make no difference to the result
  bool quiet = true;       ///< no progress
};

/// How the classifiers of METRICS learn: Adam with rate 1e-3 on the logistic loss, batches of 256,
/// at most `epochs`, of which `patience` without a better one end it; `part` showers of a batch are
/// computed at once.
training::SupervisedRecipe classifier_recipe(int epochs, int patience, std::int64_t part);

/// Trains a network to tell two sets apart, once for each seed, which decides about the parts of
/// the data, the initial weights and the order, and judges it on the part that it has not seen. The
/// rows of the scores are the numbers in the two sets, whose size is at least kLeastShowers.
ClassifierResult train_classifier(const std::string& name, const nn::Graph& graph,
                                  const TwoSets& sets, training::SupervisedRecipe recipe,
                                  const ClassifierOptions& options);

/// With fewer showers of each set there is no part to judge by.
inline constexpr std::int64_t kLeastShowers = 50;

/// What there is instead of an AUC then.
ClassifierResult too_few_showers(const std::string& name, std::int64_t showers);

/// The result with rows of the sets instead of numbers below the size of these lists.
ClassifierResult with_rows(ClassifierResult result, std::span<const std::int64_t> reference,
                           std::span<const std::int64_t> candidate);

}  // namespace showergan::physics
