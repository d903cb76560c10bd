// The shipped definitions as whole networks: plans with passes, plans without, and the reference.

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "model/definition.hpp"
#include "nn/plan/plan.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan {
namespace {

using nn::Graph;
using nn::Mode;
using nn::Plan;

struct Network {
  const char* model;
  bool discriminator;
};

constexpr Network zoo[] = {{"3dgan", false},      {"3dgan", true},        {"3dgan-16", false},
                           {"3dgan-16", true},    {"3dgan-angle", false}, {"3dgan-angle", true},
                           {"first-light", false}};

std::string name_of(const testing::TestParamInfo<Network>& info) {
  std::string name = info.param.model;
  std::replace(name.begin(), name.end(), '-', '_');
  return name + (info.param.discriminator ? "_discriminator" : "_generator");
}

using Tensors = std::map<std::string, std::vector<float>>;

template <class Number>
double relative_l2(std::span<const float> a, std::span<const Number> b) {
  EXPECT_EQ(a.size(), b.size());
  double difference = 0;
  double norm = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    difference += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
    norm += std::pow(static_cast<double>(b[i]), 2);
  }
  return std::sqrt(difference / norm);
}

/// The network with every ReLU replaced by the smooth function next to it. Rounding moves numbers
/// over the kink of a ReLU and so changes gradients by far more than itself (3e-3 for one shower
/// through the six ReLUs of 3dgan-angle, each with a normalisation after it); without kinks the
/// gradients of two plans can be compared closely.
Graph without_kinks(const Graph& graph) {
  Graph smooth;
  for (const nn::Node& node : graph.nodes()) {
    nn::Operation operation = node.operation;
    if (auto* activation = std::get_if<nn::Activation>(&operation)) {
      const bool kink = activation->function == nn::Function::relu ||
                        activation->function == nn::Function::leaky_relu;
      if (kink) *activation = {nn::Function::softplus};
    }
    smooth.add(node.name, std::move(operation), node.inputs);
  }
  for (const nn::Output& output : graph.outputs()) smooth.set_output(output.name, output.node);
  return smooth;
}

class Zoo : public testing::TestWithParam<Network> {
 protected:
  Zoo() {
    const ModelDefinition definition = find_definition(GetParam().model);
    graph_ = GetParam().discriminator ? *definition.discriminator : definition.generator;
    parameters_ = nn::initial_parameters(graph_, 7);
    std::uint64_t index = 0;
    for (const nn::NodeId id : graph_.inputs()) {
      const nn::Node& node = graph_.node(id);
      std::vector<float> values(static_cast<std::size_t>(nn::element_count(node.shape)));
      const CounterRandom random(8, RandomPurpose::noise);
      if (node.name == "condition") {
        values.assign(values.size(), 1.2F);
        values[0] = 150;  // GeV
      } else if (node.name == "image") {
        random.fill_uniform(index++, values);
        for (float& value : values)
          value = value < 0.7F ? 0.0F : 0.01F * value;  // GeV; mostly empty
      } else {
        random.fill_normal(index++, values);
      }
      inputs_[node.name] = std::move(values);
    }
  }

  std::shared_ptr<const nn::PreparedWeights> forward(Plan& plan) const {
    auto weights = plan.prepare(parameters_);
    for (const auto& [name, values] : inputs_) plan.set_input(name, values);
    plan.forward(*weights, dropout_);
    return weights;
  }

  Tensors outputs(Mode mode, bool passes) const {
    Plan plan = nn::compile(graph_, {mode, 1, passes});
    forward(plan);
    Tensors result;
    for (const nn::Output& output : graph_.outputs()) {
      std::vector<float>& values = result[output.name];
      values.resize(static_cast<std::size_t>(nn::element_count(graph_.node(output.node).shape)));
      plan.get_output(output.name, values);
    }
    return result;
  }

  /// For one shower and a loss that is linear in the outputs.
  struct Gradients {
    std::vector<float> parameters;  ///< all that are trainable
    /// Of all inputs, one after the other: alone, that of the one energy is the small remainder of
    /// large terms that cancel.
    std::vector<float> inputs;
  };
  Gradients gradients(const Graph& graph, bool passes) const {
    Plan plan = nn::compile(graph, {Mode::train_both, 1, passes});
    const auto weights = forward(plan);
    for (const auto& [name, values] : output_gradients()) plan.set_output_gradient(name, values);
    Gradients result;
    result.parameters.resize(static_cast<std::size_t>(graph.trainable_count()), 0.0F);
    plan.backward(*weights, result.parameters);
    for (const auto& [name, values] : inputs_) {
      std::vector<float> gradient(values.size());
      plan.get_input_gradient(name, gradient);
      result.inputs.insert(result.inputs.end(), gradient.begin(), gradient.end());
    }
    return result;
  }

  Tensors output_gradients() const {
    Tensors result;
    std::uint64_t index = 100;
    for (const nn::Output& out : graph_.outputs()) {
      std::vector<float>& values = result[out.name];
      values.resize(static_cast<std::size_t>(nn::element_count(graph_.node(out.node).shape)));
      CounterRandom(9, RandomPurpose::noise).fill_normal(index++, values);
    }
    return result;
  }

  Graph graph_;
  nn::Parameters parameters_;
  Tensors inputs_;
  nn::DropoutKey dropout_{5, {}, 42};
};

TEST_P(Zoo, PassesChangeNoOutput) {
  for (const Mode mode : {Mode::infer, Mode::train_weights}) {
    const Tensors with = outputs(mode, true);
    for (const auto& [name, values] : outputs(mode, false)) {
      // Cells are exponentials, of sums that a row program rounds in another order.
      EXPECT_LT(relative_l2<float>(with.at(name), values), 2e-5) << name;
    }
  }
}

TEST_P(Zoo, PassesChangeNoGradient) {
  const Graph smooth = without_kinks(graph_);
  const Gradients with = gradients(smooth, true);
  const Gradients without = gradients(smooth, false);
  for (const nn::Parameter& parameter : smooth.parameters()) {
    if (!parameter.trainable) continue;
    const auto own = [&](const std::vector<float>& all) {
      return std::span(all).subspan(static_cast<std::size_t>(parameter.offset),
                                    static_cast<std::size_t>(nn::element_count(parameter.shape)));
    };
    // The gradient of a bias is a sum over all cells, most of which cancels.
    EXPECT_LT(relative_l2<float>(own(with.parameters), own(without.parameters)), 3e-4)
        << parameter.name;
  }
  EXPECT_LT(relative_l2<float>(with.inputs, without.inputs), 1e-4);
}

TEST_P(Zoo, PlansAgreeWithTheReference) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "too slow under the sanitizers: billions of operations in the reference";
#endif
  std::map<std::string, std::vector<double>> inputs;
  for (const auto& [name, values] : inputs_) inputs[name].assign(values.begin(), values.end());

  nn::reference::Interpreter inference(graph_, 1);
  nn::reference::DoubleParameters exact = nn::reference::to_double(parameters_);
  inference.forward(inputs, exact);
  for (const auto& [name, values] : outputs(Mode::infer, true)) {
    EXPECT_LT(relative_l2<double>(values, inference.output(name)), 1e-5) << name;
  }

  if (graph_.multiply_adds() > 1'000'000'000) return;  // gradients of the smaller ones are enough
  nn::reference::Interpreter training(graph_, 1, {true, dropout_});
  training.forward(inputs, exact);
  std::map<std::string, std::vector<double>> of_outputs;
  for (const auto& [name, values] : output_gradients()) {
    of_outputs[name].assign(values.begin(), values.end());
  }
  training.backward(of_outputs, exact);
  const Gradients trained = gradients(graph_, true);
  EXPECT_LT(relative_l2<double>(trained.parameters, training.parameter_gradients()), 1e-4);
  std::vector<double> input_gradients;
  for (const auto& [name, values] : inputs_) {
    const std::vector<double>& gradient = training.gradient(*graph_.find(name));
    input_gradients.insert(input_gradients.end(), gradient.begin(), gradient.end());
  }
  EXPECT_LT(relative_l2<double>(trained.inputs, input_gradients), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(All, Zoo, testing::ValuesIn(zoo), name_of);

}  // namespace
}  // namespace showergan
