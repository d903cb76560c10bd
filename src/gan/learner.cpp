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

std::string counter_name(const std::string& network) {
  return fmt::format("{}/updates", network);
}

}  // namespace

Learner::Learner(const OptimizerRecipe& recipe, std::int64_t weights)
    : recipe_(recipe),
      optimizer_(training::make_optimizer(recipe.optimizer, recipe.parameters, weights)),
      schedule_(training::make_schedule(recipe.schedule, recipe.schedule_parameters)) {}

double Learner::rate(const TrainingPosition& position) const {
  return recipe_.rate * schedule_->factor(position.epoch(), position.epochs()) *
         training::warm_up_factor(position.step, recipe_.warm_up, position.steps_per_epoch);
}

double Learner::learn(ShardedNetwork& network, std::span<float> gradient,
                      const TrainingPosition& position) {
  const double norm = training::clip_gradient(gradient, recipe_.clip);
  if (std::isfinite(norm)) {
    optimizer_->update(network.change().trainable, gradient, rate(position));
  }
  return norm;
}

void Learner::store(const std::string& name, Checkpoint& checkpoint) const {
  checkpoint.counters[counter_name(name)] = optimizer_->updates();
  for (const training::OptimizerState& state : optimizer_->state()) {
    checkpoint.arrays[state_name(name, state.name)].assign(state.values.begin(),
                                                           state.values.end());
  }
}

void Learner::restore(const std::string& name, const Checkpoint& checkpoint) {
  optimizer_->set_updates(counter_of(checkpoint, counter_name(name)));
  for (const training::OptimizerState& state : optimizer_->state()) {
    copy_array(checkpoint, state_name(name, state.name), state.values);
  }
}

}  // namespace showergan::gan
