#include "nn/reference/operator.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/reference/run.hpp"

namespace showergan::nn::reference {
namespace {

TEST(Cases, CoverEveryOperator) {
  std::set<std::size_t> operators;
  for (const Case& c : operator_cases()) {
    for (const Node& node : c.graph.nodes()) operators.insert(node.operation.index());
  }
  for (std::size_t i = 0; i < std::variant_size_v<Operation>; ++i) {
    // Only passes make these, whose tests compare them with the operators that they stand for.
    if (i == Operation(RowProgram{}).index() || i == Operation(CellChain{}).index()) continue;
    EXPECT_TRUE(operators.contains(i)) << "no case has alternative " << i << " of Operation";
  }
}

TEST(Cases, CoverEveryFunction) {
  std::set<std::string_view> types;
  for (const Case& c : operator_cases()) {
    for (const Node& node : c.graph.nodes()) types.insert(type_name(node.operation));
  }
  for (int i = 0; name_of(static_cast<Function>(i)) != "unknown"; ++i) {
    EXPECT_TRUE(types.contains(name_of(static_cast<Function>(i)))) << "function " << i;
  }
  for (int i = 0; name_of(static_cast<BinaryFunction>(i)) != "unknown"; ++i) {
    EXPECT_TRUE(types.contains(name_of(static_cast<BinaryFunction>(i)))) << "function " << i;
  }
  EXPECT_TRUE(types.contains("sum"));
  EXPECT_TRUE(types.contains("mean"));
}

TEST(Cases, HaveNamesOfTheirOwnAndAreReproducible) {
  std::set<std::string> names;
  for (const Case& c : all_cases()) {
    EXPECT_TRUE(names.insert(c.name).second) << c.name;
    EXPECT_TRUE(std::all_of(c.name.begin(), c.name.end(), [](unsigned char ch) {
      return std::isalnum(ch) != 0 || ch == '_';
    })) << c.name;
    EXPECT_EQ(random_inputs(c, 3), random_inputs(c, 3)) << c.name;
    EXPECT_EQ(random_parameters(c, 3).trainable, random_parameters(c, 3).trainable) << c.name;
  }
}

/// The scalar Σ gradient · output that backward() differentiates, as a function of the case's
/// numbers.
class Loss {
 public:
  Loss(const Case& c, const Options& options, std::uint64_t seed)
      : c_(c),
        options_(options),
        inputs(reference::to_double(random_inputs(c, seed))),
        parameters(reference::to_double(random_parameters(c, seed))),
        gradients_(reference::to_double(random_output_gradients(c, seed))) {}

  double value() const {
    Interpreter interpreter(c_.graph, c_.batch, options_);
    DoubleParameters copy = parameters;  // training moves the statistics
    interpreter.forward(inputs, copy);
    double sum = 0;
    for (const auto& [name, gradient] : gradients_) {
      const std::vector<double>& y = interpreter.output(name);
      sum = std::inner_product(y.begin(), y.end(), gradient.begin(), sum);
    }
    return sum;
  }

 private:
  const Case& c_;
  Options options_;

 public:
  DoubleTensors inputs;
  DoubleParameters parameters;

 private:
  DoubleTensors gradients_;
};

/// (f(x + h d) − f(x − h d)) / 2h
double difference(const Loss& loss, std::vector<double>& x, const std::vector<double>& direction) {
  constexpr double h = 1e-6;
  const std::vector<double> kept = x;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = kept[i] + h * direction[i];
  const double above = loss.value();
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = kept[i] - h * direction[i];
  const double below = loss.value();
  x = kept;
  return (above - below) / (2 * h);
}

/// Compares the gradient with finite differences along two random directions, in which every
/// element takes part, and along some single elements.
void check_gradient(const Loss& loss, std::vector<double>& x, const std::vector<double>& gradient) {
  ASSERT_EQ(x.size(), gradient.size());
  if (x.empty()) return;
  std::vector<std::vector<double>> directions;
  for (const std::size_t stride : {std::size_t{1}, std::size_t{2}}) {
    std::vector<double> direction(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      direction[i] = std::sin(1.0 + 12.9898 * static_cast<double>(stride * i));
    }
    directions.push_back(direction);
  }
  for (std::size_t i = 0; i < x.size(); i += 1 + x.size() / 5) {
    directions.emplace_back(x.size(), 0.0)[i] = 1;
  }
  for (const std::vector<double>& direction : directions) {
    const double expected = difference(loss, x, direction);
    const double found =
        std::inner_product(direction.begin(), direction.end(), gradient.begin(), 0.0);
    EXPECT_NEAR(found, expected, 1e-6 * std::max(1.0, std::abs(expected)));
  }
}

void check_gradients(const Case& c, const Options& options) {
  SCOPED_TRACE(c.name + (options.training ? " in training" : " in inference"));
  constexpr std::uint64_t seed = 11;
  Loss loss(c, options, seed);
  const Result result = run(c.graph, c, options, seed);
  for (auto& [name, values] : loss.inputs) {
    SCOPED_TRACE("input " + name);
    check_gradient(loss, values, result.input_gradients.at(name));
  }
  for (const Parameter& parameter : c.graph.parameters()) {
    if (!parameter.trainable) continue;
    SCOPED_TRACE("parameter " + parameter.name);
    const auto offset = static_cast<std::ptrdiff_t>(parameter.offset);
    const auto count = static_cast<std::ptrdiff_t>(element_count(parameter.shape));
    // One parameter of the buffer at a time: a wrong one is then named.
    std::vector<double> gradient(result.parameter_gradients.size(), 0.0);
    std::copy_n(result.parameter_gradients.begin() + offset, count, gradient.begin() + offset);
    std::vector<double> direction(gradient.size(), 0.0);
    for (std::ptrdiff_t i = 0; i < count; ++i) {
      direction[static_cast<std::size_t>(offset + i)] =
          std::cos(1.0 + 4.1414 * static_cast<double>(i));
    }
    const double expected = difference(loss, loss.parameters.trainable, direction);
    const double found =
        std::inner_product(direction.begin(), direction.end(), gradient.begin(), 0.0);
    EXPECT_NEAR(found, expected, 1e-6 * std::max(1.0, std::abs(expected)));
  }
  check_gradient(loss, loss.parameters.trainable, result.parameter_gradients);
}

bool depends_on_mode(const Graph& graph) {
  return std::any_of(graph.nodes().begin(), graph.nodes().end(), [](const Node& node) {
    return std::holds_alternative<BatchNormalization>(node.operation) ||
           std::holds_alternative<Dropout>(node.operation);
  });
}

TEST(Operator, GradientsAgreeWithFiniteDifferencesInInference) {
  for (const Case& c : all_cases()) check_gradients(c, {});
}

TEST(Operator, GradientsAgreeWithFiniteDifferencesInTraining) {
  Options options;
  options.training = true;
  options.dropout.seed = 5;
  for (const Case& c : all_cases()) {
    if (depends_on_mode(c.graph)) check_gradients(c, options);
  }
}

/// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩ is exact for linear operators, so it finds what a tolerance hides.
TEST(Operator, BackwardOfLinearOperatorsIsTheAdjoint) {
  int checked = 0;
  for (const Case& c : operator_cases()) {
    const Operation& op = c.graph.nodes().back().operation;
    const bool linear =
        std::holds_alternative<ZeroPadding>(op) || std::holds_alternative<Cropping>(op) ||
        std::holds_alternative<Upsampling>(op) || std::holds_alternative<DepthToSpace>(op) ||
        std::holds_alternative<AveragePooling>(op) || std::holds_alternative<Permute>(op) ||
        std::holds_alternative<Reshape>(op) || std::holds_alternative<Slice>(op) ||
        std::holds_alternative<Reduction>(op) || std::holds_alternative<Concatenate>(op);
    if (!linear) continue;
    ++checked;
    const Result result = run(c.graph, c, {}, 7);
    const DoubleTensors inputs = reference::to_double(random_inputs(c, 7));
    const DoubleTensors gradients = reference::to_double(random_output_gradients(c, 7));
    double left = 0;
    double right = 0;
    for (const auto& [name, y] : result.outputs) {
      left = std::inner_product(y.begin(), y.end(), gradients.at(name).begin(), left);
    }
    for (const auto& [name, x] : inputs) {
      right =
          std::inner_product(x.begin(), x.end(), result.input_gradients.at(name).begin(), right);
    }
    EXPECT_NEAR(left, right, 1e-12 * std::max(1.0, std::abs(left))) << c.name;
  }
  EXPECT_GT(checked, 40);
}

}  // namespace
}  // namespace showergan::nn::reference
