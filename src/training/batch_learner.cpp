#include "training/batch_learner.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "training/plan_inputs.hpp"

namespace showergan::training {
namespace {

constexpr std::size_t kSlice = 65536;  // weights that a thread updates at a time

/// Calls work(i) for all i below `count` on the threads of a team.
template <class Work>
void share(ThreadTeam& team, std::size_t count, const Work& work) {
  const int members = static_cast<int>(
      std::min(static_cast<std::size_t>(team.size()), std::max<std::size_t>(count, 1)));
  team.run(members, [&](int member) {
    for (auto i = static_cast<std::size_t>(member); i < count;
         i += static_cast<std::size_t>(members)) {
      work(i);
    }
  });
}

}  // namespace

BatchLearner::BatchLearner(const nn::Graph& graph, const SampleSource& source,
                           const SupervisedRecipe& recipe, std::int64_t part, std::int64_t parts,
                           ThreadTeam& team)
    : source_(&source),
      loss_(&find_loss(recipe.loss)),
      rate_(recipe.rate),
      part_(part),
      width_(output_width(graph)),
      team_(&team),
      parameters_(nn::initial_parameters(graph, recipe.seed)),
      seed_(recipe.seed) {
  SHOWERGAN_EXPECT(graph.statistics_count() == 0);
  const std::size_t weights = parameters_.trainable.size();
  for (std::int64_t i = 0; i < parts; ++i) {
    parts_.push_back({nn::compile(graph, {.mode = nn::Mode::train_weights,
                                          .batch = part,
                                          .precision = recipe.precision}),
                      std::vector<float>(weights)});
  }
  for (std::size_t first = 0; first < weights; first += kSlice) {
    const auto size = static_cast<std::int64_t>(std::min(kSlice, weights - first));
    optimizers_.push_back(make_optimizer(recipe.optimizer, recipe.optimizer_parameters, size));
  }
  if (recipe.average > 0) {
    average_.emplace(recipe.average);
    averaged_ = parameters_;
  }
}

double BatchLearner::learn(std::span<const std::int64_t> samples, double rate_factor) {
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(samples.size()) == batch());
  const auto weights = parts_.front().plan.prepare(parameters_);
  const auto size = static_cast<std::size_t>(part_);
  for (Part& part : parts_) {
    part.first = learnt_;
    learnt_ += static_cast<std::uint64_t>(part_);
  }
  share(*team_, parts_.size(),
        [&](std::size_t i) { run(parts_[i], *weights, samples.subspan(i * size, size)); });
  share(*team_, optimizers_.size(),
        [&](std::size_t slice) { update_slice(slice, rate_ * rate_factor); });
  if (average_) average_->update(averaged_.trainable, parameters_.trainable);
  double sum = 0;
  for (const Part& part : parts_) sum += part.loss;
  return sum / static_cast<double>(batch());
}

void BatchLearner::run(Part& part, const nn::PreparedWeights& weights,
                       std::span<const std::int64_t> samples) {
  std::ranges::fill(part.gradient, 0.0f);
  set_inputs(part.plan, *source_, samples);
  part.plan.forward(weights, {seed_, {}, part.first});
  apply_loss(part, samples);
  part.plan.backward(weights, part.gradient);
}

void BatchLearner::apply_loss(Part& part, std::span<const std::int64_t> samples) {
  const std::string& output = part.plan.lowered().outputs().front().name;
  const auto width = static_cast<std::size_t>(width_);
  std::vector<float> values(samples.size() * width);
  std::vector<float> targets(values.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    source_->target(samples[i], std::span(targets).subspan(i * width, width));
  }
  part.plan.get_output(output, values);
  part.loss = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto target = static_cast<double>(targets[i]);
    const auto prediction = static_cast<double>(values[i]);
    part.loss += loss_->value(target, prediction);
    values[i] =
        static_cast<float>(loss_->derivative(target, prediction) / static_cast<double>(batch()));
  }
  part.plan.set_output_gradient(output, values);
}

void BatchLearner::update_slice(std::size_t slice, double rate) {
  const std::size_t first = slice * kSlice;
  const std::size_t size = std::min(kSlice, parameters_.trainable.size() - first);
  const auto sum = std::span(parts_.front().gradient).subspan(first, size);
  for (std::size_t part = 1; part < parts_.size(); ++part) {
    const float* more = parts_[part].gradient.data() + first;
    for (std::size_t i = 0; i < size; ++i) sum[i] += more[i];
  }
  optimizers_[slice]->update(std::span(parameters_.trainable).subspan(first, size), sum, rate);
}

}  // namespace showergan::training
