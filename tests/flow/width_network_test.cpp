#include "flow/width_network.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "nn/reference/interpreter.hpp"

namespace showergan::flow {
namespace {

constexpr std::int64_t n = 5;  // layers
using Values = std::map<std::string, std::vector<double>>;

LayerFlow flow_of() {
  LayerFlow flow;
  flow.geometry = {std::vector<double>(n, 1.0), 1e-6, {5, 6}};
  flow.conditions = {{"energy", 10, 100}, {"theta", 0, 1}};
  return flow;
}

/// A code in which layer 1 is empty, and layer 2 a single column in x.
std::vector<double> code() {
  const LayerGeometry layers = flow_of().geometry;
  std::vector<double> code(static_cast<std::size_t>(layers.code_size()));
  const auto at = [](std::int64_t place) { return static_cast<std::size_t>(place); };
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(0, 0.4);
  for (double& number : code) number = normal(random);
  code[at(LayerGeometry::energies() + 2)] = -30;  // share of layer 1
  for (std::int64_t k = 0; k < 2 * n; ++k) {
    code[at(layers.widths() + k)] = 0.2 + 0.3 * static_cast<double>(k);
  }
  code[at(layers.widths() + 1)] = code[at(layers.widths() + n + 1)] = 0;
  code[at(layers.widths() + 2)] = 0;
  return code;
}

/// All numbers of the networks different, and of a size that makes their inputs matter.
nn::reference::DoubleParameters random_parameters(const nn::Graph& graph) {
  std::mt19937_64 random(5);
  std::normal_distribution<float> normal(0, 0.05f);
  nn::Parameters parameters = nn::initial_parameters(graph, 1);
  for (float& value : parameters.trainable) value += normal(random);
  return nn::reference::to_double(parameters);
}

std::vector<double> run(const nn::Graph& graph, const Values& inputs, const std::string& output) {
  nn::reference::Interpreter interpreter(graph, 1);
  nn::reference::DoubleParameters parameters = random_parameters(graph);
  interpreter.forward(inputs, parameters);
  const auto values = interpreter.output(output);
  return {values.begin(), values.end()};
}

/// Widths that are drawn in layers like the code's.
std::vector<double> drawn(const std::vector<double>& chance, const std::vector<double>& size) {
  const LayerFlow flow = flow_of();
  const LayerGeometry& layers = flow.geometry;
  nn::Graph graph;
  const nn::NodeId of_code = graph.add("code", nn::Input{{layers.code_size()}});
  const nn::NodeId condition = graph.add("condition", nn::Input{{2}});
  const nn::NodeId chances = graph.add("chance", nn::Input{{2 * n}});
  const nn::NodeId sizes = graph.add("size", nn::Input{{2 * n}});
  const auto part = [&](const char* name, std::int64_t first, std::int64_t last) {
    return graph.add(name, nn::Slice{0, first, last}, {of_code});
  };
  const nn::NodeId primary = graph.add("primary", nn::Slice{0, 0, 1}, {condition});
  WidthInputs inputs;
  inputs.features = flow.features().append(graph, "condition_", condition);
  inputs.log_energies =
      append_log_energies(graph, layers, "layer_",
                          part("energies", LayerGeometry::energies(), layers.centres()), primary);
  inputs.centres = part("centres", layers.centres(), layers.widths());
  graph.set_output("widths", append_widths(graph, flow, "", inputs, chances, sizes));
  return run(graph,
             {{"code", code()}, {"condition", {40, 0.3}}, {"chance", chance}, {"size", size}},
             "widths");
}

const Values told = {{"code", code()}, {"condition", {40, 0.3}}};

TEST(WidthNetwork, DrawsWhatItWasToldOfFromItsNoise) {
  const std::vector<double> size = run(width_graph(flow_of(), WidthOutput::noise), told, "noise");
  const std::vector<double> all = code();
  const std::vector<double> widths(all.end() - 2 * n, all.end());
  std::vector<double> chance;
  for (const double width : widths) chance.push_back(width > 0 ? 20 : -20);
  chance[1] = 20;  // the empty layer has none whatever is drawn
  const std::vector<double> found = drawn(chance, size);
  for (std::size_t k = 0; k < widths.size(); ++k) EXPECT_NEAR(found[k], widths[k], 1e-4) << k;
}

TEST(WidthNetwork, WidthsAlongYDependOnThoseAlongX) {
  std::vector<double> size(2 * n, 0.0);
  const std::vector<double> chance(2 * n, 20.0);
  const std::vector<double> before = drawn(chance, size);
  size[3] = 1;
  const std::vector<double> after = drawn(chance, size);
  EXPECT_NE(before[3], after[3]);
  EXPECT_EQ(before[2], after[2]);
  EXPECT_NE(before[n + 3], after[n + 3]);
}

TEST(WidthNetwork, EmptyLayersDoNotCount) {
  const nn::Graph graph = width_graph(flow_of(), WidthOutput::loss);
  Values changed = told;
  changed["code"][static_cast<std::size_t>(flow_of().geometry.widths() + n + 1)] = 3;
  EXPECT_EQ(run(graph, changed, "loss"), run(graph, told, "loss"));
  changed["code"][static_cast<std::size_t>(flow_of().geometry.widths() + n + 2)] = 3;
  EXPECT_NE(run(graph, changed, "loss"), run(graph, told, "loss"));
}

}  // namespace
}  // namespace showergan::flow
