#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "showergan/precision.hpp"

#include "base/thread_team.hpp"
#include "nn/graph/graph.hpp"
#include "training/sample_source.hpp"

namespace showergan::training {

/// How a network learns from samples with known answers.
struct SupervisedRecipe {
  std::string loss = "mse";  ///< of each number of the output; summed over them
  std::string optimizer = "adam";
  std::map<std::string, double> optimizer_parameters = {};
  double rate = 1e-3;
  std::string schedule = "constant";  ///< of the rate; its parameters are the schedule's defaults
  double average = 0;  ///< decay of the moving average of the weights, which counts; 0: none
  std::int64_t batch = 256;
  /// Samples that go through the network together. The gradients of a batch's parts are added in
  /// their order, so that nothing depends on the number of threads; at most batch / part of them
  /// have something to do.
  std::int64_t part = 64;
  int epochs = 50;
  int patience = 0;        ///< ends after so many epochs without a better validation loss; 0: never
  std::uint64_t seed = 1;  ///< of the initial weights and of the order of the samples
  Precision precision = Precision::f32;  ///< of products; weights, sums and losses are float32
};

/// What has been learned.
struct SupervisedResult {
  nn::Parameters parameters;            ///< of the best epoch
  int best_epoch = 0;                   ///< that with the lowest validation loss, from 0
  std::vector<double> training_loss;    ///< mean over the batches of each epoch
  std::vector<double> validation_loss;  ///< after each epoch
};

/// Called after each epoch with its number, from 0.
using EpochDone = std::function<void(int epoch)>;

/// Trains a network of one output. An epoch goes over `training` in a new order; samples that do
/// not fill the last batch are left out of it. A set smaller than a batch is one batch, without
/// what does not fill its parts. For networks without batch normalisation, whose statistics would
/// be those of a part.
///
/// The same seed gives the same bits with any number of threads. Throws InputError if a set is
/// empty, the network does not fit or the recipe names an unknown loss or optimiser, and Error if
/// the user interrupts or the loss is not a number any more.
SupervisedResult train_supervised(const nn::Graph& graph, const SampleSource& source,
                                  std::span<const std::int64_t> training,
                                  std::span<const std::int64_t> validation,
                                  const SupervisedRecipe& recipe, ThreadTeam& team,
                                  const EpochDone& done = {});

}  // namespace showergan::training
