#include "nn/kernel/epilogue.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

/// A convolution with an epilogue and random parameters.
class Layer {
 public:
  Layer(const Epilogue& epilogue, bool bias, std::int64_t filters) {
    conv_ = Conv3d{filters, {2, 2, 2}};
    conv_.bias = bias;
    conv_.epilogue = epilogue;
    node_ = graph_.add("conv", conv_, {graph_.add("x", Input{{1, 3, 3, 3}})});
    parameters_ = initial_parameters(graph_, 1);
    std::uint64_t index = 0;
    for (const Parameter& parameter : graph_.parameters()) {
      const std::span<float> values = parameters_.of(parameter);
      CounterRandom(1, RandomPurpose::noise).fill_uniform(index++, values);
      // Variances and scales are not to be near 0, all others are to have both signs.
      const bool positive = parameter.role == "moving_variance" || parameter.role == "gamma";
      for (float& value : values) value += positive ? 0.5f : -0.5f;
    }
  }

  const Parameters& parameters() const { return parameters_; }
  EpilogueKernel kernel(std::int64_t copies = 1) const {
    const Request request{graph_, graph_.node(node_), 1, false, false, {false}, {false}};
    return EpilogueKernel(request, conv_.epilogue, conv_.bias, conv_.filters, copies);
  }

  /// Of a number of this channel, in double precision.
  double expected(double x, std::size_t channel, bool with_bias) const {
    if (conv_.bias && with_bias) x += parameter("bias", channel);
    const double y = evaluate(conv_.epilogue.activation, x);
    if (!conv_.epilogue.normalize) return y;
    const double deviation =
        std::sqrt(parameter("moving_variance", channel) + conv_.epilogue.epsilon);
    return (y - parameter("moving_mean", channel)) / deviation * parameter("gamma", channel) +
           parameter("beta", channel);
  }

 private:
  double parameter(const std::string& role, std::size_t channel) const {
    for (const Parameter& parameter : graph_.parameters()) {
      if (parameter.role == role) return static_cast<double>(parameters_.of(parameter)[channel]);
    }
    return std::numeric_limits<double>::quiet_NaN();
  }

  Graph graph_;
  Conv3d conv_;
  NodeId node_ = 0;
  Parameters parameters_;
};

TEST(EpilogueKernel, IsAsWideAsAllCopies) {
  const Layer layer({}, true, 3);
  EXPECT_EQ(layer.kernel(1).width(), 3);
  EXPECT_EQ(layer.kernel(8).width(), 24);
}

TEST(EpilogueKernel, ItsSlopeIsThatBelowZero) {
  const auto slope_of = [](const Activation& activation) {
    return Layer({activation}, true, 3).kernel().slope();
  };
  EXPECT_EQ(slope_of({Function::linear}), 1.0f);
  EXPECT_EQ(slope_of({Function::relu}), 0.0f);
  EXPECT_EQ(slope_of({Function::leaky_relu, 0.3}), 0.3f);
  EXPECT_EQ(slope_of({Function::tanh}), std::nullopt);
  EXPECT_EQ(slope_of({Function::clip, 0, 1}), std::nullopt);
}

class EpilogueApply : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, EpilogueApply, testing::ValuesIn(vector_targets()), target_name);

void expect_applied(const Epilogue& epilogue, bool bias, bool with_bias, std::int64_t filters,
                    std::int64_t copies) {
  SCOPED_TRACE(std::string(name_of(epilogue.activation.function)) +
               (bias ? ", bias" : ", no bias") + (with_bias ? ", all of it" : ", but the bias") +
               (epilogue.normalize ? ", normalised, " : ", ") + std::to_string(filters) + " × " +
               std::to_string(copies));
  const Layer layer(epilogue, bias, filters);
  const EpilogueKernel kernel = layer.kernel(copies);
  AlignedBuffer prepared(kernel.prepared_bytes());
  kernel.prepare(layer.parameters(), prepared.data());
  const auto count = static_cast<std::size_t>(7 * kernel.width());
  std::vector<float> before(count);
  CounterRandom(2, RandomPurpose::noise).fill_normal(1, before);
  const Function function = epilogue.activation.function;
  if (function == Function::log || function == Function::power) {  // not of negative numbers
    for (float& value : before) value = 1 + std::abs(value);
  }
  std::vector<float> values = before;
  kernel.apply(values.data(), static_cast<std::int64_t>(count), prepared.data(), with_bias);
  for (std::size_t i = 0; i < count; ++i) {
    const double expected = layer.expected(static_cast<double>(before[i]),
                                           i % static_cast<std::size_t>(filters), with_bias);
    ASSERT_NEAR(static_cast<double>(values[i]), expected, 3e-6 * (1 + std::abs(expected))) << i;
  }
}

TEST_P(EpilogueApply, EveryActivationIsWhatItsDefinitionSays) {
  const Activation activations[] = {
      {Function::linear}, {Function::relu},       {Function::leaky_relu, 0.3}, {Function::sigmoid},
      {Function::tanh},   {Function::atan},       {Function::softplus},        {Function::exp},
      {Function::log},    {Function::power, 1.5}, {Function::clip, -0.4, 0.6}};
  for (const Activation& activation : activations) {
    for (const bool normalize : {false, true}) {
      const Epilogue epilogue{activation, normalize, normalize ? 1e-3 : 0};
      for (const bool bias : {false, true}) {
        for (const bool with_bias : {false, true}) {
          expect_applied(epilogue, bias, with_bias, 3, 1);
          expect_applied(epilogue, bias, with_bias, 16, 1);
          expect_applied(epilogue, bias, with_bias, 5, 4);
        }
      }
    }
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
