#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/thread_team.hpp"
#include "nn/plan/plan.hpp"
#include "training/loss.hpp"
#include "training/moving_average.hpp"
#include "training/optimizer.hpp"
#include "training/sample_source.hpp"
#include "training/supervised.hpp"

namespace showergan::training {

/// One update of a network after the other, each from a batch of samples. The batch is cut into
/// parts of one size, which the team's threads share.
class BatchLearner {
 public:
  /// `parts` parts of `part` samples are a batch. Graph, source and team must outlive it.
  BatchLearner(const nn::Graph& graph, const SampleSource& source, const SupervisedRecipe& recipe,
               std::int64_t part, std::int64_t parts, ThreadTeam& team);

  std::int64_t batch() const noexcept { return part_ * static_cast<std::int64_t>(parts_.size()); }
  /// Their moving average if the recipe has one.
  const nn::Parameters& parameters() const noexcept { return average_ ? averaged_ : parameters_; }

  /// One update from these samples (batch()) with a part of the recipe's rate; gives their mean
  /// loss before it.
  double learn(std::span<const std::int64_t> samples, double rate_factor = 1);

 private:
  /// What goes through the network together.
  struct Part {
    nn::Plan plan;
    std::vector<float> gradient;  ///< (weights)
    double loss = 0;              ///< summed
    std::uint64_t first = 0;      ///< number of its first sample in the training, for dropout
  };
  void run(Part& part, const nn::PreparedWeights& weights, std::span<const std::int64_t> samples);
  void apply_loss(Part& part, std::span<const std::int64_t> samples);
  void update_slice(std::size_t slice, double rate);

  const SampleSource* source_;
  const Loss* loss_;
  double rate_;
  std::int64_t part_;
  std::int64_t width_;
  ThreadTeam* team_;
  nn::Parameters parameters_;
  std::optional<MovingAverage> average_;
  nn::Parameters averaged_;
  std::uint64_t seed_;
  std::uint64_t learnt_ = 0;  ///< samples
  std::vector<Part> parts_;
  /// Of the weights' slices, for threads to share: optimisers work element by element.
  std::vector<std::unique_ptr<Optimizer>> optimizers_;
};

}  // namespace showergan::training
