#pragma once

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/lowering/pass.hpp"
#include "nn/reference/run.hpp"

/// Shorthand for the tests of passes.
namespace showergan::nn {

inline void expect_close(const std::vector<double>& a, const std::vector<double>& b,
                         const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_NEAR(a[i], b[i], 1e-12 * std::max(1.0, std::abs(a[i]))) << what << " at " << i;
  }
}

/// Checks that a rewritten graph has the same interface and computes the same outputs and
/// gradients as the case's own.
inline void expect_same(const Case& c, const Graph& rewritten, Purpose purpose) {
  SCOPED_TRACE(c.name + (purpose == Purpose::train ? " in training" : " in inference"));
  ASSERT_EQ(rewritten.inputs().size(), c.graph.inputs().size());
  ASSERT_EQ(rewritten.outputs().size(), c.graph.outputs().size());
  ASSERT_EQ(rewritten.trainable_count(), c.graph.trainable_count());
  ASSERT_EQ(rewritten.statistics_count(), c.graph.statistics_count());
  reference::Options options;
  options.training = purpose == Purpose::train;
  options.dropout.seed = 3;
  const reference::Result expected = reference::run(c.graph, c, options, 21);
  const reference::Result found = reference::run(rewritten, c, options, 21);
  for (const auto& [name, values] : expected.outputs) {
    expect_close(values, found.outputs.at(name), "output " + name);
  }
  for (const auto& [name, values] : expected.input_gradients) {
    expect_close(values, found.input_gradients.at(name), "gradient of input " + name);
  }
  expect_close(expected.parameter_gradients, found.parameter_gradients, "parameter gradients");
  expect_close(expected.statistics, found.statistics, "moving statistics");
}

/// The names of a graph's nodes, in order, separated by spaces.
inline std::string names(const Graph& graph) {
  std::string result;
  for (const Node& node : graph.nodes()) result += (result.empty() ? "" : " ") + node.name;
  return result;
}

/// The operator of that name, of a type that the test is sure of.
template <class Op>
const Op& operation(const Graph& graph, std::string_view name) {
  return std::get<Op>(graph.node(graph.find(name).value()).operation);
}

inline const Graph& stack(const std::string& name) {
  static const std::vector<Case> cases = stack_cases();
  return std::find_if(cases.begin(), cases.end(), [&](const Case& c) { return c.name == name; })
      ->graph;
}

}  // namespace showergan::nn
