#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/thread_team.hpp"
#include "gan/recipe.hpp"
#include "layers/train_layer_flow.hpp"
#include "model/definition.hpp"
#include "store/checkpoint.hpp"
#include "store/training_data.hpp"

namespace showergan::gan {

/// Parameters of the flow of layers, by their names without prefix; none if the model has no flow.
using FlowParameters = std::map<std::string, std::vector<float>>;

/// Trains the flow of a model's layers on the showers of the data: the first epochs of the order in
/// which the decoder will see them, as many as give 200,000 showers but at most eight, so that
/// symmetries count. Reading the data starts anew afterwards. Errors are those of
/// layers::train_layer_flow() and of reading.
layers::LearntLayerFlow train_layers(const ModelDefinition& definition, const Recipe& recipe,
                                     TrainingData& data, ThreadTeam& team,
                                     const layers::EpochDone& done = {});

/// As arrays "layers/NAME".
void store_flow(const FlowParameters& parameters, Checkpoint& checkpoint);
FlowParameters restore_flow(const Checkpoint& checkpoint);

}  // namespace showergan::gan
