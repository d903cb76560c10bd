#pragma once

#include <filesystem>

#include "model/model_file.hpp"
#include "nn/graph/graph.hpp"

namespace showergan::test {

/// A generator of 5×4×3 cells with two noise inputs and two conditions, which uses all of them.
inline Model small_generator() {
  using namespace nn;
  Model model;
  Graph& graph = model.graph;
  const NodeId noise = graph.add("noise", Input{{7}});
  const NodeId cells = graph.add("noise_cells", Input{{5, 4, 3}});
  const NodeId condition = graph.add("condition", Input{{2}});
  const NodeId all = graph.add("all", Concatenate{0}, {noise, condition});
  const NodeId dense = graph.add("dense", Dense{60}, {all});
  const NodeId image = graph.add("image", Reshape{{1, 5, 4, 3}}, {dense});
  Conv3d conv{1, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})};
  const NodeId smooth = graph.add("conv", conv, {image});
  const NodeId flat = graph.add("flat", Reshape{{5, 4, 3}}, {smooth});
  const NodeId sum = graph.add("sum", Arithmetic{BinaryFunction::add}, {flat, cells});
  graph.set_output("shower", graph.add("positive", Activation{Function::softplus}, {sum}));
  model.parameters = initial_parameters(graph, 11);
  model.card.name = "small";
  model.card.detector = "toy";
  model.card.conditions = {{"energy", 1, 100}, {"theta", 0, 1}};
  return model;
}

/// A discriminator of the same images with a vector and a single number as outputs.
inline Model small_discriminator() {
  using namespace nn;
  Model model;
  Graph& graph = model.graph;
  const NodeId image = graph.add("image", Input{{5, 4, 3}});
  const NodeId flat = graph.add("flat", Reshape{{60}}, {image});
  graph.set_output("generation", graph.add("dense", Dense{2}, {flat}));
  graph.set_output("ecal", graph.add("total", Reduction{Reducer::sum, {0, 1, 2}}, {image}));
  model.parameters = initial_parameters(graph, 12);
  model.card.name = "small critic";
  return model;
}

}  // namespace showergan::test
