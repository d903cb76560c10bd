#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gan/recipe.hpp"
#include "gan/sharded_network.hpp"
#include "store/checkpoint.hpp"
#include "training/optimizer.hpp"
#include "training/schedule.hpp"
#include "training/spectral_limit.hpp"

namespace showergan::gan {

/// Where a training stands, for schedules.
struct TrainingPosition {
  std::int64_t step = 0;  ///< steps done
  double steps_per_epoch = 1;

  std::int64_t steps = 0;  ///< of the whole training; a schedule that spans it needs them

  double epoch() const { return static_cast<double>(step) / steps_per_epoch; }
  double epochs() const { return static_cast<double>(steps) / steps_per_epoch; }
};

/// Moves the weights of one network as its part of a recipe says: clipping, schedule, optimiser.
class Learner {
 public:
  Learner(const OptimizerRecipe& recipe, const nn::Graph& network);

  /// The learning rate at a position.
  double rate(const TrainingPosition& position) const;

  /// One update along `gradient`, which is clipped in place. Gives the L2 norm of the gradient
  /// before clipping; if that is not finite the weights stay as they are.
  double learn(ShardedNetwork& network, std::span<float> gradient,
               const TrainingPosition& position);

  /// The optimiser's state, under "NAME/optimizer/…".
  void store(const std::string& name, Checkpoint& checkpoint) const;
  /// Throws InputError if the checkpoint is of another optimiser.
  void restore(const std::string& name, const Checkpoint& checkpoint);

 private:
  OptimizerRecipe recipe_;
  std::unique_ptr<training::Optimizer> optimizer_;
  std::unique_ptr<training::Schedule> schedule_;
  std::optional<training::SpectralLimit> spectral_limit_;
};

}  // namespace showergan::gan
