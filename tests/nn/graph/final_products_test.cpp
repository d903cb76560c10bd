#include "nn/graph/final_products.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace showergan::nn {
namespace {

NodeId convolution(Graph& graph, std::string name, NodeId input) {
  return graph.add(std::move(name), Conv3d{2, {2, 2, 2}}, {input});
}

/// The names of all final products, in order, separated by spaces.
std::string final_names(const Graph& graph) {
  const std::vector<bool> final = final_products(graph);
  EXPECT_EQ(final.size(), graph.nodes().size());
  std::string names;
  for (std::size_t i = 0; i < final.size(); ++i) {
    if (final[i]) names += (names.empty() ? "" : " ") + graph.nodes()[i].name;
  }
  return names;
}

TEST(FinalProducts, AreTheLastOfAChain) {
  Graph g;
  NodeId x = g.add("x", Input{{1, 6, 6, 6}});
  x = convolution(g, "first", x);
  x = g.add("leaky", Activation{Function::leaky_relu, 0.3}, {x});
  x = convolution(g, "second", x);
  x = convolution(g, "third", x);
  x = g.add("relu", Activation{Function::relu}, {x});
  g.set_output("y", x);
  EXPECT_EQ(final_names(g), "third");
}

TEST(FinalProducts, AreAllHeads) {
  Graph g;
  NodeId x = g.add("x", Input{{1, 4, 4, 4}});
  x = convolution(g, "conv", x);
  x = g.add("flat", Reshape{{-1}}, {x});
  const NodeId hidden = g.add("hidden", Dense{5}, {x});
  g.set_output("generation", g.add("generation", Dense{1}, {hidden}));
  g.set_output("auxiliary", g.add("auxiliary", Dense{1}, {x}));
  EXPECT_EQ(final_names(g), "generation auxiliary");
}

TEST(FinalProducts, AnOutputThatIsMultipliedAsWellIsNone) {
  Graph g;
  NodeId x = g.add("x", Input{{1, 5, 5, 5}});
  x = convolution(g, "first", x);
  g.set_output("early", x);
  g.set_output("y", convolution(g, "second", x));
  EXPECT_EQ(final_names(g), "second");
}

TEST(FinalProducts, OneUseThatIsMultipliedIsEnough) {
  Graph g;
  const NodeId x = g.add("x", Input{{1, 5, 5, 5}});
  const NodeId a = convolution(g, "a", x);
  const NodeId b = convolution(g, "b", x);
  const NodeId sum = g.add("sum", Arithmetic{BinaryFunction::add}, {a, b});
  g.set_output("sum", g.add("total", Reduction{Reducer::sum, {1, 2, 3}}, {sum}));
  EXPECT_EQ(final_names(g), "a b");
  g.set_output("y", g.add("dense", Dense{1}, {g.add("flat", Reshape{{-1}}, {b})}));
  EXPECT_EQ(final_names(g), "a dense");
}

TEST(FinalProducts, TransposedConvolutionsAreProducts) {
  Graph g;
  NodeId x = g.add("x", Input{{1, 3, 3, 3}});
  x = g.add("up", Conv3dTranspose{2, {2, 2, 2}, {2, 2, 2}}, {x});
  EXPECT_EQ(final_names(g), "up");
  g.set_output("y", g.add("up_again", Conv3dTranspose{1, {2, 2, 2}, {2, 2, 2}}, {x}));
  EXPECT_EQ(final_names(g), "up_again");
}

TEST(FinalProducts, AreBothOfTwoThatAreAddedInOne) {
  Graph g;
  const NodeId x = g.add("x", Input{{1, 4, 4, 4}});
  const NodeId a = g.add("a", Conv3d{1, {1, 1, 1}}, {x});
  const NodeId before = g.add("before", Conv3d{1, {1, 1, 1}}, {x});
  Conv3d adding{1, {1, 1, 1}};
  adding.addition.emplace();
  g.set_output("y", g.add("b", adding, {before, a}));
  EXPECT_EQ(final_names(g), "a b");
}

TEST(FinalProducts, ArithmeticIsNone) {
  Graph g;
  const NodeId a = g.add("a", Input{{3}});
  const NodeId b = g.add("b", Input{{3}});
  g.set_output("y", g.add("product", Arithmetic{BinaryFunction::multiply}, {a, b}));
  EXPECT_EQ(final_names(g), "");
}

}  // namespace
}  // namespace showergan::nn
