#include "physics/classifier/network.hpp"

#include <string>

namespace showergan::physics {
namespace {

constexpr double kSlope = 0.01;

nn::NodeId leaky(nn::Graph& graph, const std::string& name, nn::NodeId from) {
  return graph.add(name, nn::Activation{nn::Function::leaky_relu, kSlope}, {from});
}

nn::NodeId convolution(nn::Graph& graph, const std::string& name, nn::NodeId from,
                       std::int64_t filters, std::int64_t kernel, std::int64_t stride) {
  nn::Conv3d conv;
  conv.filters = filters;
  conv.kernel = {kernel, kernel, kernel};
  conv.stride = {stride, stride, stride};
  conv.padding = nn::same_padding(conv.kernel);
  conv.kernel_initializer = nn::Initializer::he_uniform;
  return graph.add(name, conv, {from});
}

/// What two convolutions change is added to what comes in; that goes through a 1³ convolution where
/// its shape is another.
nn::NodeId residual_block(nn::Graph& graph, const std::string& name, nn::NodeId from,
                          std::int64_t filters, std::int64_t stride) {
  const nn::NodeId first = leaky(graph, name + "_activation1",
                                 convolution(graph, name + "_conv1", from, filters, 3, stride));
  const nn::NodeId second = convolution(graph, name + "_conv2", first, filters, 3, 1);
  const bool same = stride == 1 && graph.node(from).shape[0] == filters;
  const nn::NodeId past =
      same ? from : convolution(graph, name + "_skip", from, filters, 1, stride);
  const nn::NodeId sum =
      graph.add(name + "_sum", nn::Arithmetic{nn::BinaryFunction::add}, {second, past});
  return leaky(graph, name + "_activation2", sum);
}

void add_score(nn::Graph& graph, nn::NodeId from) {
  graph.set_output("score", graph.add("last", nn::Dense{}, {from}));
}

}  // namespace

nn::Graph feature_network(std::int64_t width, std::int64_t units, int layers) {
  nn::Graph graph;
  nn::NodeId node = graph.add("features", nn::Input{{width}});
  for (int layer = 1; layer <= layers; ++layer) {
    const std::string name = "dense" + std::to_string(layer);
    nn::Dense dense;
    dense.units = units;
    node = leaky(graph, name + "_activation", graph.add(name, dense, {node}));
  }
  add_score(graph, node);
  return graph;
}

nn::Graph image_network(const Grid& grid) {
  nn::Graph graph;
  nn::NodeId node = graph.add("image", nn::Input{{1, grid.nx, grid.ny, grid.nz}});
  const nn::NodeId energy = graph.add("energy", nn::Input{{1}});
  node = leaky(graph, "entry_activation", convolution(graph, "entry", node, 16, 3, 2));
  node = residual_block(graph, "stage1_block1", node, 16, 1);
  node = residual_block(graph, "stage1_block2", node, 16, 1);
  node = residual_block(graph, "stage2_block1", node, 32, 2);
  node = residual_block(graph, "stage2_block2", node, 32, 1);
  node = graph.add("mean", nn::Reduction{nn::Reducer::mean, {1, 2, 3}}, {node});
  node = graph.add("with_energy", nn::Concatenate{0}, {node, energy});
  add_score(graph, node);
  return graph;
}

}  // namespace showergan::physics
