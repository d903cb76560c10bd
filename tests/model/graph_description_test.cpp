#include "model/graph_description.hpp"

#include <gtest/gtest.h>

#include "model/definition.hpp"

namespace showergan {
namespace {

TEST(GraphDescription, TellsInputsCostAndLayers) {
  const std::string text = describe_graph(find_definition("3dgan").generator, "  ");
  EXPECT_EQ(text.find("  inputs              noise (200), condition (1)\n"
                      "  outputs             shower (25×25×25)\n"
                      "  parameters          872,948 (872,808 trainable)\n"
                      "  multiply-adds       255,"),
            0u)
      << text;
  EXPECT_NE(text.find("\n    conv3d_4 "), std::string::npos) << text;
  EXPECT_NE(text.find("  1 channel of 25×25×25  "), std::string::npos) << text;
  EXPECT_EQ(text.find("constant"), std::string::npos) << text;
}

TEST(GraphDescription, OneNumberAndNoParameters) {
  nn::Graph graph;
  const nn::NodeId x = graph.add("x", nn::Input{{3}});
  graph.set_output("y", graph.add("mean", nn::Reduction{nn::Reducer::mean, {0}}, {x}));
  EXPECT_EQ(describe_graph(graph, ""),
            "inputs              x (3)\n"
            "outputs             y (1)\n"
            "parameters          0 (0 trainable)\n"
            "multiply-adds       0 per shower\n"
            "  layer  type   result  parameters  multiply-adds\n"
            "  x      input  3\n"
            "  mean   mean   1\n");
}

}  // namespace
}  // namespace showergan
