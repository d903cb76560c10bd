#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/thread_team.hpp"
#include "gan/critic_loss.hpp"
#include "gan/image_check.hpp"
#include "gan/learner.hpp"
#include "gan/profile_balance.hpp"
#include "gan/recipe.hpp"
#include "gan/sharded_network.hpp"
#include "gan/step_random.hpp"
#include "gan/told_layers.hpp"
#include "layers/layer_code.hpp"
#include "model/definition.hpp"
#include "store/training_data.hpp"
#include "training/moving_average.hpp"

namespace showergan::gan {

/// The losses of one pass through the discriminator.
struct PassLosses {
  std::vector<double> terms;  ///< mean over the batch, in the order of the recipe, without weights
  double total = 0;           ///< Σ weight × term
};

/// What one step did.
struct StepResult {
  PassLosses real;
  PassLosses fake;
  PassLosses generator;  ///< mean over its updates
  /// Of the generator's own outputs (Recipe::generator_losses), the "likelihood" of its start, and
  /// what ProfileBalance finds, "profile".
  std::map<std::string, double> own;
  double discriminator_gradient = 0;  ///< L2 norm before clipping, the larger of its updates
  double generator_gradient = 0;
  double discriminator_rate = 0;
  double generator_rate = 0;
  ImageCheck images;  ///< of the generated batch that the discriminator saw

  /// Whether all losses and gradients are finite.
  bool finite() const;
};

/// The step of 3DGAN (Carminati, Vallecorsa, Khattak), with both networks and their optimisers.
///
/// 1. Images are generated with moving statistics. 2. The discriminator learns from the Monte Carlo
/// batch, 3. and from the generated one; some labels are wrong on purpose. 4. The generator learns,
/// several times, through the discriminator, whose weights rest while its moving statistics and
/// dropout go on; each time with new noise and conditions and with true labels.
///
/// A decoder (DrawnLayers) is told the layers of the batch's showers instead of drawn ones. The
/// first steps may be of another kind, see StartRecipe: the generator learns alone.
class AdversarialStep {
 public:
  /// Initial weights come from the recipe's seed. Threads are bound to CPUs while they work if
  /// `pinning`, of so many threads, says so. Throws InputError if the recipe does not fit the
  /// model.
  AdversarialStep(const Recipe& recipe, const ModelDefinition& definition, int threads,
                  Pinning pinning = {});

  /// Compiles what steps of so many showers run, which the first of them would do otherwise.
  void compile(std::int64_t batch);
  /// Bytes of the arenas of all plans so far.
  std::int64_t plan_bytes() const;

  /// `batch` must not be empty.
  StepResult run(const TrainingBatch& batch, const TrainingPosition& whole);

  const CriticLoss& loss() const noexcept { return loss_; }
  int threads() const noexcept { return team_.size(); }
  /// Of convolutions; not the recipe's where the processor has no instructions for that.
  Precision precision() const noexcept { return generator_.precision(); }
  const ShardedNetwork& generator() const noexcept { return generator_; }
  const ShardedNetwork& discriminator() const noexcept { return discriminator_; }
  /// The generator's weights to be used: their moving average if the recipe has one.
  const nn::Parameters& generator_parameters() const noexcept;

  /// Both networks, the optimisers and the moving average.
  void store(Checkpoint& checkpoint) const;
  /// Throws InputError if the checkpoint is of other networks or optimisers.
  void restore(const Checkpoint& checkpoint);

 private:
  struct Images;  ///< a batch of images, and what the discriminator should make of them
  struct Average {
    training::MovingAverage weights;
    training::MovingAverage statistics;
    nn::Parameters parameters;
  };

  Images real_images(const TrainingBatch& batch) const;
  /// Conditions, labels and cell sums of images that are to be generated.
  Images expected_images(const TrainingBatch& batch, const ToldLayers& layers, Pass pass,
                         float label, double flips) const;
  void generate(Images& images, std::span<const Shard> shards);
  PassLosses update_discriminator(const Images& images, std::span<const Shard> shards,
                                  const TrainingPosition& position, StepResult& result);
  PassLosses update_generator(const Images& images, std::span<const Shard> shards,
                              const TrainingPosition& position, StepResult& result);
  /// What a network's noise inputs get.
  enum class Noise { drawn, none };
  void set_generator_inputs(const nn::Graph& graph, nn::Plan& plan, const Images& images,
                            const Shard& shard, Noise noise = Noise::drawn) const;
  void set_discriminator_inputs(nn::Plan& plan, const Images& images, const Shard& shard,
                                std::span<const float> cells) const;
  StepResult start(const TrainingBatch& batch, std::span<const Shard> shards,
                   const TrainingPosition& position);
  /// Gradient of the generator's weights by the start's losses, of the cells of `images.truth` in
  /// the layers that `images` tells; it stays until the next one. Adds the losses to `own`.
  std::span<float> start_gradient(const Images& images, std::span<const Shard> shards,
                                  std::map<std::string, double>& own);
  struct StartLosses {
    double likelihood = 0;
    double mean = 0;  ///< without its weight
  };
  /// Sets the gradient of the spectra; losses and gradient are those of the shard's part in the
  /// batch.
  StartLosses apply_start_losses(nn::Plan& plan, const Images& images, const Shard& shard) const;
  /// Sets the gradients of the generator's own losses; adds them to `sums`.
  void apply_own_losses(nn::Plan& generator, const Images& images, const Shard& shard,
                        std::map<std::string, double>& sums) const;
  void update_average();
  /// Of the primaries (n), GeV.
  std::vector<double> energies(const Images& images, const Shard& shard) const;
  Expectation expectation(const Images& images, const Shard& shard, bool generator) const;
  PassLosses sum_losses(std::span<const std::vector<double>> sums) const;

  Recipe recipe_;
  std::vector<ConditionRange> conditions_;
  std::int64_t cells_;  ///< of an image
  ThreadTeam team_;
  ShardedNetwork generator_;
  ShardedNetwork discriminator_;
  Learner generator_learner_;
  Learner discriminator_learner_;
  CriticLoss loss_;
  StepRandom random_;
  std::optional<layers::LayerCode> layers_;  ///< if there is a decoder
  std::optional<ShardedNetwork> spectra_;    ///< the part of the generator that the start needs
  std::optional<Learner> start_learner_;
  bool discriminator_conditions_ = false;  ///< whether it is told them
  const LossTerm* cell_sum_ = nullptr;     ///< the term that compares cell sums, if there is one
  std::optional<Average> average_;
  std::optional<ProfileBalance> profile_;
};

}  // namespace showergan::gan
