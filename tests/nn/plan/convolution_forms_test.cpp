// That the cases made for blocks and for mirroring (operator_cases.cpp) do run in these forms.

#include <map>

#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/kernel/stacking.hpp"
#include "nn/plan/plan.hpp"

namespace showergan::nn {
namespace {

/// How a convolution and its gradients run.
struct Implementation {
  std::string forward;
  std::string data;
  std::string weights;
};

/// Of the text "…, data …, weights …".
Implementation implementation_of(const Case& c) {
  const std::string text =
      compile(c.graph, {Mode::train_both, c.batch, false}).describe()[1].implementation;
  const std::string to_data = ", data ";
  const std::string to_weights = ", weights ";
  const std::size_t data = text.find(to_data);
  const std::size_t weights = text.find(to_weights);
  EXPECT_NE(data, std::string::npos) << text;
  EXPECT_NE(weights, std::string::npos) << text;
  const std::size_t data_begin = data + to_data.size();
  return {text.substr(0, data), text.substr(data_begin, weights - data_begin),
          text.substr(weights + to_weights.size())};
}

/// "rows", "blocks", "mirrored" or "plain".
std::string form_of(const std::string& implementation) {
  if (implementation == "lanes along rows") return "rows";
  if (implementation.find(" in blocks of ") != std::string::npos) return "blocks";
  return implementation.ends_with(" mirrored") ? "mirrored" : "plain";
}

/// How many cases run in a form.
using Forms = std::map<std::string, int>;

struct Counts {
  Forms forward;
  Forms data;
  Forms weights;
};

Counts counts_of(const std::string& prefix) {
  Counts counts;
  for (const Case& c : operator_cases()) {
    if (!c.name.starts_with(prefix)) continue;
    const Implementation implementation = implementation_of(c);
    ++counts.forward[form_of(implementation.forward)];
    ++counts.data[form_of(implementation.data)];
    ++counts.weights[form_of(implementation.weights)];
  }
  return counts;
}

/// With vectors of eight floats, six filters fill them well enough, and oneDNN has no direct kernel
/// for the gradients of kernels with padding.
bool wide_vectors() {
  return kernel::vector_lanes() >= 16;
}

TEST(ConvolutionForms, FewFiltersRunInBlocks) {
  const Counts counts = counts_of("conv3d_blocks_");
  EXPECT_EQ(counts.forward, wide_vectors() ? (Forms{{"blocks", 6}, {"rows", 3}})
                                           : (Forms{{"blocks", 2}, {"plain", 4}, {"rows", 3}}));
  EXPECT_EQ(counts.data, (Forms{{"blocks", 9}}));
  EXPECT_EQ(counts.weights,
            wide_vectors() ? (Forms{{"blocks", 9}}) : (Forms{{"blocks", 1}, {"plain", 8}}));
}

TEST(ConvolutionForms, OneFilterRunsAlongRows) {
  EXPECT_EQ(counts_of("conv3d_blocks_1_").forward, (Forms{{"rows", 2}}));
  EXPECT_EQ(counts_of("conv3d_blocks_valid").forward, (Forms{{"rows", 1}}));
}

TEST(ConvolutionForms, TheGradientOfOneChannelRunsAlongRows) {
  EXPECT_EQ(counts_of("conv3d_one_channel_").data, (Forms{{"rows", 3}}));
}

TEST(ConvolutionForms, KernelGradientsOfManyChannelsRunMirrored) {
  EXPECT_EQ(counts_of("conv3d_mirrored_").weights,
            wide_vectors() ? (Forms{{"mirrored", 3}}) : (Forms{{"mirrored", 1}, {"plain", 2}}));
}

/// How a convolution of 8 channels to 6 filters, and with that activation, runs in inference.
std::string inference_of_few_filters(const Activation& activation) {
  Graph graph;
  NodeId x = graph.add("x", Input{{8, 12, 11, 20}});
  x = graph.add("conv", Conv3d{6, {4, 5, 8}}, {x});
  graph.set_output("y", graph.add("bent", activation, {x}));
  return compile(graph, {Mode::infer, 1}).describe()[1].implementation;
}

TEST(ConvolutionForms, FewChannelsAndFiltersRunInWinogradTiles) {
  const std::string tiles = "Winograd along x and y";
  EXPECT_EQ(inference_of_few_filters({Function::leaky_relu, 0.3}) == tiles, wide_vectors());
  EXPECT_EQ(inference_of_few_filters({Function::tanh}).find(tiles), std::string::npos);
  for (const Case& c : operator_cases()) {
    if (!c.name.starts_with("conv3d_tiles_")) continue;
    EXPECT_EQ(implementation_of(c).forward == tiles, wide_vectors()) << c.name;
  }
}

}  // namespace
}  // namespace showergan::nn
