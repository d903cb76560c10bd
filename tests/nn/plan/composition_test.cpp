// Plans of graphs with composed layers against the graphs as they were built.

#include <algorithm>
#include <cmath>
#include <span>

#include <gtest/gtest.h>

#include "nn/composition_cases.hpp"
#include "nn/lowering/pass.hpp"
#include "nn/plan/plan.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::nn {
namespace {

constexpr double f32_tolerance = 1e-5;
constexpr double bf16_tolerance = 3e-2;

CompileOptions as_it_is(std::int64_t batch, Precision precision = Precision::f32) {
  CompileOptions options;
  options.batch = batch;
  options.passes = false;
  options.precision = precision;
  return options;
}

Graph composed(const Case& c) {
  return compose_linear(lower(c.graph, Purpose::infer), 1000);
}

double relative_l2(std::span<const float> found, std::span<const double> expected) {
  EXPECT_EQ(found.size(), expected.size());
  double difference = 0;
  double norm = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    difference += std::pow(static_cast<double>(found[i]) - expected[i], 2);
    norm += std::pow(expected[i], 2);
  }
  return std::sqrt(difference / norm);
}

/// Of the graph as it was built, in double precision.
std::vector<double> expected_of(const Case& c) {
  reference::DoubleParameters parameters = reference::to_double(random_parameters(c, 3));
  const std::vector<float> x = random_inputs(c, 4).at("x");
  reference::Interpreter interpreter(c.graph, c.batch);
  interpreter.forward({{"x", {x.begin(), x.end()}}}, parameters);
  return interpreter.output("y");
}

std::vector<float> output_of(const Case& c, const CompileOptions& options) {
  Plan plan = compile(composed(c), options);
  plan.set_input("x", random_inputs(c, 4).at("x"));
  plan.forward(*plan.prepare(random_parameters(c, 3)));
  std::vector<float> y(static_cast<std::size_t>(
      c.batch * element_count(c.graph.node(c.graph.outputs()[0].node).shape)));
  plan.get_output("y", y);
  return y;
}

std::string implementation_of(const Plan& plan, std::string_view name) {
  return plan.describe()[static_cast<std::size_t>(*plan.lowered().find(name))].implementation;
}

class Composition : public testing::TestWithParam<std::size_t> {
 protected:
  static const Case& the_case() {
    static const std::vector<Case> cases = composition_cases();
    return cases[GetParam()];
  }
};
INSTANTIATE_TEST_SUITE_P(All, Composition,
                         testing::Range(std::size_t{0}, composition_cases().size()),
                         [](const testing::TestParamInfo<std::size_t>& info) {
                           return composition_cases()[info.param].name;
                         });

TEST_P(Composition, ComputesTheSameInFloat32) {
  const Case& c = the_case();
  ASSERT_EQ(implementation_of(compile(composed(c), as_it_is(c.batch)), "first"), "rows by panels");
  EXPECT_LT(relative_l2(output_of(c, as_it_is(c.batch)), expected_of(c)), f32_tolerance);
}

TEST_P(Composition, IsNearInBf16) {
  if (!has_instructions(Precision::bf16)) {
    GTEST_SKIP() << "this processor has no instructions for bf16";
  }
  const Case& c = the_case();
  CompileOptions options = as_it_is(c.batch, Precision::bf16);
  options.final_products_in_f32 = false;
  ASSERT_EQ(implementation_of(compile(composed(c), options), "first"), "rows by panels, bf16");
  const double difference = relative_l2(output_of(c, options), expected_of(c));
  EXPECT_LT(difference, bf16_tolerance);
  EXPECT_GT(difference, f32_tolerance);
}

TEST_P(Composition, AnyNumberOfThreadsPreparesTheSame) {
  const Case& c = the_case();
  CompileOptions options = as_it_is(c.batch);
  const std::vector<float> expected = output_of(c, options);
  for (const int threads : {2, 5}) {
    options.prepare_threads = threads;
    EXPECT_EQ(output_of(c, options), expected) << threads;
  }
}

TEST_P(Composition, TheFirstSamplesAreThoseOfTheWholeBatch) {
  const Case& c = the_case();
  constexpr std::size_t batch = 14;
  for (const Precision precision : {Precision::f32, Precision::bf16}) {
    CompileOptions options = as_it_is(batch, available_precision(precision));
    options.final_products_in_f32 = false;
    Plan plan = compile(composed(c), options);
    const auto weights = plan.prepare(random_parameters(c, 3));
    Case large = c;
    large.batch = batch;
    std::vector<float> x = random_inputs(large, 4).at("x");
    plan.set_input("x", x);
    plan.forward(*weights);
    const std::span<const float> values = plan.output_values("y");
    const std::vector<float> whole(values.begin(), values.end());
    const std::size_t sample = whole.size() / batch;
    for (const std::size_t samples : {1u, 2u, 5u, 12u, 13u, 14u}) {
      std::vector<float> others = x;  // those behind are other ones
      std::fill(others.begin() + static_cast<std::ptrdiff_t>(samples * 7), others.end(), 9.0f);
      plan.set_input("x", others);
      plan.forward_samples(*weights, static_cast<std::int64_t>(samples));
      const std::span<const float> found = plan.output_values("y").first(samples * sample);
      EXPECT_TRUE(std::ranges::equal(found, std::span(whole).first(samples * sample)))
          << samples << " samples";
    }
  }
}

TEST(CompositionPlan, FinalProductsStayInFloat32UnlessTheyAreNotFinal) {
  if (!has_instructions(Precision::bf16)) {
    GTEST_SKIP() << "this processor has no instructions for bf16";
  }
  const Case c =
      composition_case({.name = "last", .convolution = Conv3d{8, {3, 2, 3}}, .last = true});
  CompileOptions options = as_it_is(c.batch, Precision::bf16);
  EXPECT_EQ(implementation_of(compile(composed(c), options), "first"), "rows by panels");
  options.final_products_in_f32 = false;
  EXPECT_EQ(implementation_of(compile(composed(c), options), "first"), "rows by panels, bf16");
}

TEST(CompositionPlan, InputsMayBeSetInItsOwnLayout) {
  const Case c = composition_case({.name = "plain", .convolution = Conv3d{8, {3, 2, 3}}});
  const std::vector<float> x = random_inputs(c, 4).at("x");
  Plan plan = compile(composed(c), as_it_is(c.batch));
  const std::span<float> to = plan.input_values("x");
  ASSERT_EQ(to.size(), x.size());
  std::ranges::copy(x, to.begin());  // a vector lies there as it is
  plan.forward(*plan.prepare(random_parameters(c, 3)));
  std::vector<float> y(plan.output_values("y").size());
  plan.get_output("y", y);
  EXPECT_EQ(y, output_of(c, as_it_is(c.batch)));
}

}  // namespace
}  // namespace showergan::nn
