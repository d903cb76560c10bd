#pragma once

#include <string>

#include "gan/layer_training.hpp"
#include "gan/recipe.hpp"
#include "model/definition.hpp"
#include "model/model.hpp"
#include "store/checkpoint.hpp"

namespace showergan::gan {

/// A trained generator as a model: what the networks see, (scale · GeV)^power, is turned back into
/// GeV at its end, so that every runtime gives showers. `parameters` are those of the definition's
/// adversary(), `flow` those of its layers if it has them. `facts` is the card's JSON object.
Model generator_model(const ModelDefinition& definition, const DataRecipe& data,
                      const nn::Parameters& parameters, const FlowParameters& flow,
                      const std::string& training_data, const std::string& facts);

/// Which weights of a generator that has a moving average.
enum class Weights { averaged, last };

/// The network `part` ("generator" or "discriminator") of a checkpoint, with recipe and model
/// definition from the checkpoint itself; of the generator the moving average of its weights, if
/// there is one and `weights` does not ask for those of the last step. A discriminator's image is
/// in GeV. Throws InputError for another part, and if the checkpoint is not one of adversarial
/// training.
Model model_from_checkpoint(const Checkpoint& checkpoint, const std::string& part,
                            Weights weights = Weights::averaged);

}  // namespace showergan::gan
