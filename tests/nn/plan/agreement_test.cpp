// Plans against the double-precision reference, for every operator and for small networks.

#include <cmath>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/plan/plan.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::nn {
namespace {

constexpr double forward_tolerance = 1e-5;
constexpr double gradient_tolerance = 1e-4;

double norm_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum);
}

/// ‖a − b‖ / ‖b‖; single elements may jump at kinks, the norm does not. `floor` stands for ‖b‖
/// where that is 0 but for rounding (a bias in front of a normalisation has no gradient).
double relative_l2(std::span<const float> a, std::span<const double> b, double floor = 0) {
  EXPECT_EQ(a.size(), b.size());
  double difference = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference += std::pow(static_cast<double>(a[i]) - b[i], 2);
  }
  const double norm = std::max(norm_of(b), floor);
  return norm > 0 ? std::sqrt(difference) / norm : std::sqrt(difference);
}

std::map<std::string, std::vector<double>> to_double(const Tensors& tensors) {
  std::map<std::string, std::vector<double>> result;
  for (const auto& [name, values] : tensors) result[name].assign(values.begin(), values.end());
  return result;
}

std::size_t size_of(const Case& c, NodeId node) {
  return static_cast<std::size_t>(c.batch * element_count(c.graph.node(node).shape));
}

class Agreement : public testing::TestWithParam<std::tuple<std::size_t, bool>> {
 protected:
  static const Case& the_case() {
    static const std::vector<Case> cases = all_cases();
    return cases[std::get<0>(GetParam())];
  }
  static bool passes() { return std::get<1>(GetParam()); }

  static void set_inputs(Plan& plan, const Tensors& inputs) {
    for (const auto& [name, values] : inputs) plan.set_input(name, values);
  }

  static void expect_outputs(const Case& c, const Plan& plan,
                             const reference::Interpreter& expected) {
    for (const Output& output : c.graph.outputs()) {
      std::vector<float> values(size_of(c, output.node));
      plan.get_output(output.name, values);
      EXPECT_LT(relative_l2(values, expected.output(output.name)), forward_tolerance)
          << output.name;
    }
  }
};

TEST_P(Agreement, Inference) {
  const Case& c = the_case();
  const Parameters parameters = random_parameters(c, 3);
  const Tensors inputs = random_inputs(c, 4);
  reference::Interpreter reference(c.graph, c.batch);
  reference::DoubleParameters exact = reference::to_double(parameters);
  reference.forward(to_double(inputs), exact);

  Plan plan = compile(c.graph, {Mode::infer, c.batch, passes()});
  const auto weights = plan.prepare(parameters);
  for (int run = 0; run < 2; ++run) {  // the second finds the arena as the first left it
    set_inputs(plan, inputs);
    plan.forward(*weights);
    expect_outputs(c, plan, reference);
  }
}

TEST_P(Agreement, Training) {
  const Case& c = the_case();
  const Tensors inputs = random_inputs(c, 5);
  const Tensors output_gradients = random_output_gradients(c, 6);
  const DropoutKey dropout{77, {}, 1000};

  for (const Mode mode : {Mode::train_both, Mode::train_weights, Mode::train_inputs}) {
    SCOPED_TRACE(static_cast<int>(mode));
    Parameters parameters = random_parameters(c, 3);
    reference::Interpreter reference(c.graph, c.batch, {true, dropout});
    reference::DoubleParameters exact = reference::to_double(parameters);
    reference.forward(to_double(inputs), exact);
    reference.backward(to_double(output_gradients), exact);

    Plan plan = compile(c.graph, {mode, c.batch, passes()});
    const auto weights = plan.prepare(parameters);
    const bool wants_weights = mode != Mode::train_inputs;
    // Gradients are added to what is there.
    std::vector<float> gradients(
        wants_weights ? static_cast<std::size_t>(c.graph.trainable_count()) : 0, 0.0f);
    for (int run = 0; run < 2; ++run) {
      set_inputs(plan, inputs);
      plan.forward(*weights, dropout);
      expect_outputs(c, plan, reference);
      for (const auto& [name, values] : output_gradients) plan.set_output_gradient(name, values);
      plan.backward(*weights, gradients);
    }
    for (float& gradient : gradients) gradient /= 2;

    const double floor = 1e-3 * norm_of(reference.parameter_gradients());
    for (const Parameter& parameter : c.graph.parameters()) {
      if (!parameter.trainable || !wants_weights) continue;
      const auto offset = static_cast<std::size_t>(parameter.offset);
      const auto count = static_cast<std::size_t>(element_count(parameter.shape));
      const std::span<const double> expected =
          std::span(reference.parameter_gradients()).subspan(offset, count);
      EXPECT_LT(relative_l2(std::span(gradients).subspan(offset, count), expected, floor),
                gradient_tolerance)
          << parameter.name;
    }
    if (mode != Mode::train_weights) {
      for (const NodeId id : c.graph.inputs()) {
        std::vector<float> gradient(size_of(c, id));
        plan.get_input_gradient(c.graph.node(id).name, gradient);
        EXPECT_LT(relative_l2(gradient, reference.gradient(id)), gradient_tolerance)
            << c.graph.node(id).name;
      }
    }
    plan.update_statistics(parameters);
    EXPECT_LT(relative_l2(parameters.statistics, exact.statistics), forward_tolerance);
  }
}

std::string case_name(const testing::TestParamInfo<std::tuple<std::size_t, bool>>& info) {
  static const std::vector<Case> cases = all_cases();
  return cases[std::get<0>(info.param)].name + (std::get<1>(info.param) ? "_passes" : "_plain");
}

INSTANTIATE_TEST_SUITE_P(All, Agreement,
                         testing::Combine(testing::Range(std::size_t{0}, all_cases().size()),
                                          testing::Bool()),
                         case_name);

}  // namespace
}  // namespace showergan::nn
