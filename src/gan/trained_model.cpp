#include "gan/trained_model.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "gan/checkpoint_content.hpp"

namespace showergan::gan {
namespace {

/// Copies a graph node by node over the same parameters, with `add` after the node `place`:
/// whoever used that node uses what add(graph, node) gives instead.
template <class Add>
nn::Graph insert_after(const nn::Graph& graph, nn::NodeId place, Add add) {
  nn::Graph copy = graph.same_parameters();
  std::vector<nn::NodeId> place_of;
  for (const nn::Node& node : graph.nodes()) {
    std::vector<nn::NodeId> inputs;
    for (const nn::NodeId id : node.inputs)
      inputs.push_back(place_of[static_cast<std::size_t>(id)]);
    nn::NodeId id = copy.add_with_parameters(node.name, node.operation, inputs, node.parameters);
    if (static_cast<nn::NodeId>(place_of.size()) == place) id = add(copy, id);
    place_of.push_back(id);
  }
  for (const nn::Output& output : graph.outputs()) {
    copy.set_output(output.name, place_of[static_cast<std::size_t>(output.node)]);
  }
  return copy;
}

nn::NodeId add_factor(nn::Graph& graph, nn::NodeId node, nn::BinaryFunction function, double factor,
                      const std::string& name) {
  if (factor == 1) return node;
  const nn::NodeId constant =
      graph.add(name + "_factor", nn::Constant{{}, {static_cast<float>(factor)}});
  return graph.add(name, nn::Arithmetic{function}, {node, constant});
}

nn::NodeId add_power(nn::Graph& graph, nn::NodeId node, double exponent, const std::string& name) {
  if (exponent == 1) return node;
  return graph.add(name, nn::Activation{nn::Function::power, exponent}, {node});
}

nn::Graph generator_in_gev(const nn::Graph& generator, const DataRecipe& data) {
  for (const nn::Output& output : generator.outputs()) {
    if (output.name != "shower") continue;
    return insert_after(generator, output.node, [&](nn::Graph& graph, nn::NodeId node) {
      node = add_power(graph, node, 1 / data.power, "shower_unpowered");
      return add_factor(graph, node, nn::BinaryFunction::divide, data.scale, "shower_in_gev");
    });
  }
  throw InputError("the generator has no output 'shower'");
}

nn::Graph discriminator_in_gev(const nn::Graph& discriminator, const DataRecipe& data) {
  const auto image = discriminator.find("image");
  if (!image) throw InputError("the discriminator has no input 'image'");
  return insert_after(discriminator, *image, [&](nn::Graph& graph, nn::NodeId node) {
    node = add_factor(graph, node, nn::BinaryFunction::multiply, data.scale, "image_scaled");
    return add_power(graph, node, data.power, "image_powered");
  });
}

ModelCard card_of(const ModelDefinition& definition, const std::string& training_data,
                  const std::string& facts) {
  ModelCard card;
  card.name = definition.name;
  card.description = definition.description;
  card.detector = definition.detector;
  card.conditions = definition.conditions;
  card.training_data = training_data;
  card.version = SHOWERGAN_VERSION;
  card.facts = facts;
  return card;
}

nn::Parameters parameters_of(const Checkpoint& checkpoint, const std::string& name,
                             const nn::Graph& graph) {
  nn::Parameters parameters;
  parameters.trainable.resize(static_cast<std::size_t>(graph.trainable_count()));
  parameters.statistics.resize(static_cast<std::size_t>(graph.statistics_count()));
  copy_array(checkpoint, name + "/trainable", parameters.trainable);
  copy_array(checkpoint, name + "/statistics", parameters.statistics);
  return parameters;
}

}  // namespace

Model generator_model(const ModelDefinition& definition, const DataRecipe& data,
                      const nn::Parameters& parameters, const FlowParameters& flow,
                      const std::string& training_data, const std::string& facts) {
  return {generator_in_gev(definition.generator, data),
          definition.layers
              ? whole_parameters(definition.generator, definition.layers->decoder, parameters, flow)
              : parameters,
          card_of(definition, training_data, facts)};
}

Model model_from_checkpoint(const Checkpoint& checkpoint, const std::string& part,
                            Weights weights) {
  const Recipe recipe = parse_recipe(text_of(checkpoint, "recipe"), "the checkpoint's recipe");
  const ModelDefinition definition =
      parse_definition(text_of(checkpoint, "definition"), "the checkpoint's model definition");
  const std::string& data = text_of(checkpoint, "training_data");
  const std::string& facts = text_of(checkpoint, "facts");
  if (part == "generator") {
    const bool averaged =
        weights == Weights::averaged && checkpoint.arrays.contains("average/trainable");
    const nn::Parameters parameters =
        parameters_of(checkpoint, averaged ? "average" : "generator", definition.adversary());
    return generator_model(definition, recipe.data, parameters, restore_flow(checkpoint), data,
                           facts);
  }
  if (part != "discriminator" || !definition.discriminator) {
    throw InputError(fmt::format("the checkpoint has no part '{}'", part), {},
                     "parts are generator and discriminator");
  }
  Model model{discriminator_in_gev(*definition.discriminator, recipe.data),
              parameters_of(checkpoint, "discriminator", *definition.discriminator),
              card_of(definition, data, facts)};
  model.card.name += "-discriminator";
  return model;
}

}  // namespace showergan::gan
