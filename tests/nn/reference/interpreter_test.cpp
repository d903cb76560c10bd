#include "nn/reference/interpreter.hpp"

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "nn/reference/run.hpp"

namespace showergan::nn::reference {
namespace {

using Values = std::vector<double>;

template <class Work>
std::string message_of(Work&& work) {
  try {
    work();
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// y = x · x + x, z = x
struct Network {
  Graph graph;
  DoubleParameters parameters;

  Network() {
    const NodeId x = graph.add("x", Input{{2}});
    const NodeId square = graph.add("square", Arithmetic{BinaryFunction::multiply}, {x, x});
    graph.set_output("y", graph.add("sum", Arithmetic{BinaryFunction::add}, {square, x}));
    graph.set_output("z", x);
  }
};

TEST(Interpreter, AddsUpTheGradientsOfSeveralUses) {
  Network network;
  Interpreter interpreter(network.graph, 1);
  interpreter.forward({{"x", {3, 4}}}, network.parameters);
  EXPECT_EQ(interpreter.output("y"), (Values{12, 20}));
  interpreter.backward({{"y", {1, 10}}, {"z", {0.5, 0}}}, network.parameters);
  EXPECT_EQ(interpreter.gradient(0), (Values{7.5, 90}));
}

TEST(Interpreter, TakesMissingOutputGradientsAsZero) {
  Network network;
  Interpreter interpreter(network.graph, 1);
  interpreter.forward({{"x", {3, 4}}}, network.parameters);
  interpreter.backward({{"z", {1, 2}}}, network.parameters);
  EXPECT_EQ(interpreter.gradient(0), (Values{1, 2}));
}

TEST(Interpreter, StartsAfreshEveryTime) {
  Network network;
  Interpreter interpreter(network.graph, 1);
  for (int i = 0; i < 2; ++i) {
    interpreter.forward({{"x", {3, 4}}}, network.parameters);
    interpreter.backward({{"y", {1, 1}}}, network.parameters);
    EXPECT_EQ(interpreter.output("y"), (Values{12, 20}));
    EXPECT_EQ(interpreter.gradient(0), (Values{7, 9}));
  }
}

TEST(Interpreter, NamesWhatDoesNotFit) {
  Network network;
  DoubleParameters& parameters = network.parameters;
  Interpreter interpreter(network.graph, 2);
  EXPECT_EQ(message_of([&] { interpreter.forward({}, parameters); }), "input 'x' is missing");
  EXPECT_EQ(message_of([&] {
              interpreter.forward({{"x", Values(3)}}, parameters);
            }),
            "input 'x' has 3 numbers, not 4");
  EXPECT_EQ(message_of([&] {
              interpreter.forward({{"x", Values(4)}, {"sum", Values(4)}}, parameters);
            }),
            "the network has no input 'sum'");
  interpreter.forward({{"x", Values(4)}}, parameters);
  EXPECT_EQ(message_of([&] { interpreter.output("x"); }), "the network has no output 'x'");
  EXPECT_EQ(message_of([&] {
              interpreter.backward({{"w", Values(4)}}, parameters);
            }),
            "the network has no output 'w'");
  EXPECT_EQ(message_of([&] {
              interpreter.backward({{"y", Values(1)}}, parameters);
            }),
            "gradient 'y' has 1 numbers, not 4");
  parameters.trainable.push_back(1);
  EXPECT_EQ(message_of([&] {
              interpreter.forward({{"x", Values(4)}}, parameters);
            }),
            "parameters 'trainable' has 1 numbers, not 0");
}

}  // namespace
}  // namespace showergan::nn::reference
