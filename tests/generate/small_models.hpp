#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "generate/generator_model.hpp"
#include "model/model_file.hpp"
#include "nn/graph/graph.hpp"
#include "support/temporary_folder.hpp"

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

/// A generator of 6×4×6 cells. Its convolution `conv0` is composed with the dense layer; `conv1`
/// (of 4 channels) and `conv2` (of 8, up-sampled) may run in lower precision; `conv3` is the last
/// and stays in float32.
inline Model layered_generator(std::uint64_t seed = 21) {
  using namespace nn;
  Model model;
  Graph& graph = model.graph;
  const NodeId noise = graph.add("noise", Input{{7}});
  const NodeId condition = graph.add("condition", Input{{2}});
  const NodeId all = graph.add("all", Concatenate{0}, {noise, condition});
  const Activation leaky{Function::leaky_relu, 0.3};
  NodeId x = graph.add("dense", Dense{72}, {all});
  x = graph.add("image", Reshape{{4, 3, 2, 3}}, {x});
  x = graph.add("conv0", Conv3d{4, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  x = graph.add("leaky0", leaky, {x});
  x = graph.add("conv1", Conv3d{8, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  x = graph.add("leaky1", leaky, {x});
  x = graph.add("norm1", BatchNormalization{}, {x});
  x = graph.add("up", Upsampling{{2, 2, 2}}, {x});
  x = graph.add("conv2", Conv3d{6, {3, 3, 4}, {1, 1, 1}, same_padding({3, 3, 4})}, {x});
  x = graph.add("leaky2", leaky, {x});
  x = graph.add("conv3", Conv3d{1, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  x = graph.add("positive", Activation{Function::softplus}, {x});
  graph.set_output("shower", graph.add("cells", Reshape{{6, 4, 6}}, {x}));
  model.parameters = initial_parameters(graph, seed);
  model.card.name = "layered";
  model.card.detector = "toy";
  model.card.conditions = {{"energy", 1, 100}, {"theta", 0, 1}};
  return model;
}

/// Ranges for its convolutions as `showergan quantize` might choose them.
inline std::map<std::string, nn::InputRange> layered_ranges() {
  return {{"conv1", {1, {}}}, {"conv2", {1, std::vector<float>(8, 0.9F)}}};
}

/// The model as it comes back from a file.
inline GeneratorModel through_file(const Model& model) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "model.onnx";
  save_model(model, path);
  return load_generator_model(path.string());
}

/// ‖a − b‖ / ‖b‖.
inline double relative_l2(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return INFINITY;
  double difference = 0;
  double norm = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    difference += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
    norm += std::pow(static_cast<double>(b[i]), 2);
  }
  return std::sqrt(difference / norm);
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
