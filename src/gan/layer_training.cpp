#include "gan/layer_training.hpp"

#include <algorithm>
#include <string_view>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "gan/shower_targets.hpp"
#include "gan/told_layers.hpp"

namespace showergan::gan {
namespace {

constexpr std::string_view kPrefix = "layers/";
constexpr std::int64_t kShowers = 200'000;
constexpr std::int64_t kMostEpochs = 8;  // the symmetries of a square
constexpr std::int64_t kMostValidation = 20'000;
constexpr std::int64_t kBlock = 256;  // validation showers in memory at a time

/// Encodes showers and keeps their codes.
class Collector {
 public:
  Collector(const ModelDefinition& definition, std::uint64_t seed)
      : conditions_(definition.conditions),
        energy_(energy_place(definition.conditions)),
        code_(layer_code(*definition.layers, definition.grid())),
        seed_(seed) {}

  /// Showers without any energy say nothing about layers.
  void add(const ShowerBatch& showers) {
    const std::vector<float> conditions = conditions_of(showers, conditions_);
    for (std::int64_t i = 0; i < showers.size(); ++i) {
      const layers::Layers measured = code_.measure(showers.shower(i));
      if (std::ranges::all_of(measured.energy, [](double e) { return e == 0; })) continue;
      const auto condition =
          std::span(conditions)
              .subspan(static_cast<std::size_t>(i) * conditions_.size(), conditions_.size());
      code_.encode(measured, static_cast<double>(condition[energy_]), seed_, count_++,
                   sample_.add(code_.size(), condition));
    }
  }

  std::int64_t size() const { return static_cast<std::int64_t>(count_); }
  const layers::LayerSample& sample() const { return sample_; }

 private:
  const std::vector<ConditionRange>& conditions_;
  std::size_t energy_;
  layers::LayerCode code_;
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
  layers::LayerSample sample_;
};

void stop_if_interrupted() {
  if (interrupted()) throw Error("interrupted", "", "the layers were not learnt yet");
}

}  // namespace

layers::LearntLayerFlow train_layers(const ModelDefinition& definition, const Recipe& recipe,
                                     TrainingData& data, ThreadTeam& team,
                                     const layers::EpochDone& done) {
  Collector training(definition, recipe.seed);
  const std::int64_t epochs = std::clamp<std::int64_t>(kShowers / data.size(), 1, kMostEpochs);
  data.seek(0, 0);
  const std::int64_t batches = epochs * data.batches_per_epoch();
  for (std::int64_t batch = 0; batch < batches && training.size() < kShowers; ++batch) {
    stop_if_interrupted();
    training.add(data.next().showers);
  }
  data.seek(0, 0);
  Collector validation(definition, recipe.seed + 1);
  const std::int64_t judging = std::min(data.validation_size(), kMostValidation);
  for (std::int64_t first = 0; first < judging; first += kBlock) {
    stop_if_interrupted();
    validation.add(data.validation(first, std::min(kBlock, judging - first)));
  }
  layers::LayerFlowRecipe learning = recipe.layers;
  learning.seed = recipe.seed;
  return layers::train_layer_flow(definition.layers->flow, training.sample(), validation.sample(),
                                  learning, team, done);
}

void store_flow(const FlowParameters& parameters, Checkpoint& checkpoint) {
  for (const auto& [name, values] : parameters) {
    checkpoint.arrays[std::string(kPrefix) + name] = values;
  }
}

FlowParameters restore_flow(const Checkpoint& checkpoint) {
  FlowParameters parameters;
  for (const auto& [name, values] : checkpoint.arrays) {
    if (!name.starts_with(kPrefix)) continue;
    parameters[name.substr(kPrefix.size())].assign(values.begin(), values.end());
  }
  return parameters;
}

}  // namespace showergan::gan
