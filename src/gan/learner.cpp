#include "gan/learner.hpp"

#include <cmath>

#include <fmt/format.h>

#include "gan/checkpoint_content.hpp"
#include "training/gradient.hpp"
#include "training/warm_up.hpp"

namespace showergan::gan {
namespace {

std::string state_name(const std::string& network, const std::string& array) {
  return fmt::format("{}/optimizer/{}", network, array);
}

std::string spectral_name(const std::string& network) {
  return fmt::format("{}/singular_vectors", network);
}

std::string counter_name(const std::string& network) {
  return fmt::format("{}/updates", network);
}

}  // namespace

Learner::Learner(const OptimizerRecipe& recipe, const nn::Graph& network)
    : recipe_(recipe),
      optimizer_(
          training::make_optimizer(recipe.optimizer, recipe.parameters, network.trainable_count())),
      schedule_(training::make_schedule(recipe.schedule, recipe.schedule_parameters)) {
  if (recipe.spectral_limit > 0) spectral_limit_.emplace(network, recipe.spectral_limit);
}

double Learner::rate(const TrainingPosition& position) const {
  return recipe_.rate * schedule_->factor(position.epoch(), position.epochs()) *
         training::warm_up_factor(position.step, recipe_.warm_up, position.steps_per_epoch);
}

double Learner::learn(ShardedNetwork& network, std::span<float> gradient,
                      const TrainingPosition& position) {
  const double norm = training::clip_gradient(gradient, recipe_.clip);
  if (std::isfinite(norm)) {
    optimizer_->update(network.change().trainable, gradient, rate(position));
    if (spectral_limit_) spectral_limit_->apply(network.change().trainable);
  }
  return norm;
}

void Learner::store(const std::string& name, Checkpoint& checkpoint) const {
  checkpoint.counters[counter_name(name)] = optimizer_->updates();
  for (const training::OptimizerState& state : optimizer_->state()) {
    checkpoint.arrays[state_name(name, state.name)].assign(state.values.begin(),
                                                           state.values.end());
  }
  if (!spectral_limit_) return;
  const auto state = spectral_limit_->state();
  checkpoint.arrays[spectral_name(name)].assign(state.begin(), state.end());
}

void Learner::restore(const std::string& name, const Checkpoint& checkpoint) {
  optimizer_->set_updates(counter_of(checkpoint, counter_name(name)));
  for (const training::OptimizerState& state : optimizer_->state()) {
    copy_array(checkpoint, state_name(name, state.name), state.values);
  }
  if (spectral_limit_) copy_array(checkpoint, spectral_name(name), spectral_limit_->state());
}

}  // namespace showergan::gan
