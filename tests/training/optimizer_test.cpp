#include "training/optimizer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "training/expected_optimizers.hpp"
#include "training/registered_files.hpp"

namespace showergan::training {
namespace {

using Parameters = std::map<std::string, double>;

/// Gradients of all sizes and signs, the same for the same `update`.
std::vector<float> some_gradients(std::size_t size, int update) {
  std::vector<float> result(size);
  for (std::size_t i = 0; i < size; ++i) {
    const double angle = 0.7 * static_cast<double>(i) + 1.3 * update;
    result[i] = static_cast<float>(std::sin(angle) * std::exp(3 * std::cos(0.31 * angle)));
  }
  return result;
}

TEST(Optimizer, OfEachFileHasTheNameOfTheFile) {
  EXPECT_EQ(optimizer_names(), test::registered_files("optimizer"));
}

TEST(Optimizer, HasTheDefaultsOfKeras) {
  EXPECT_EQ(optimizer_parameters("sgd"), (Parameters{{"momentum", 0}, {"nesterov", 0}}));
  EXPECT_EQ(optimizer_parameters("rmsprop"),
            (Parameters{{"epsilon", 1e-7}, {"momentum", 0}, {"rho", 0.9}}));
  EXPECT_EQ(
      optimizer_parameters("adam"),
      (Parameters{{"beta_1", 0.9}, {"beta_2", 0.999}, {"epsilon", 1e-7}, {"weight_decay", 0}}));
}

TEST(Optimizer, DoesWhatPyTorchDoes) {
  for (const test::OptimizerCase& expected : test::kOptimizerCases) {
    const auto optimizer = make_optimizer(expected.optimizer, expected.parameters, 4);
    auto weights = test::kWeights;
    for (const auto& gradients : test::kGradients) {
      optimizer->update(weights, gradients, test::kRate);
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      EXPECT_NEAR(weights[i], expected.weights[i], 1e-7 + 3e-7 * std::fabs(expected.weights[i]))
          << expected.optimizer << " with " << expected.parameters.size() << " parameters, weight "
          << i;
    }
  }
}

TEST(Optimizer, TreatsEveryWeightAlikeWhateverTheNumberOfThem) {
  for (const test::OptimizerCase& which : test::kOptimizerCases) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{33}}) {
      const auto all = make_optimizer(which.optimizer, which.parameters, 33);
      const auto some =
          make_optimizer(which.optimizer, which.parameters, static_cast<std::int64_t>(size));
      std::vector<float> all_weights(33, 0.5F);
      std::vector<float> some_weights(size, 0.5F);
      for (int update = 0; update < 5; ++update) {
        const std::vector<float> gradients = some_gradients(33, update);
        all->update(all_weights, gradients, 0.01);
        some->update(some_weights, std::span(gradients).first(size), 0.01);
      }
      all_weights.resize(size);
      EXPECT_EQ(some_weights, all_weights) << which.optimizer;
    }
  }
}

TEST(Optimizer, WithItsStateAndCountGoesOnAsIfItHadNotStopped) {
  for (const test::OptimizerCase& which : test::kOptimizerCases) {
    const auto first = make_optimizer(which.optimizer, which.parameters, 9);
    std::vector<float> weights(9, 0.5F);
    for (int i = 0; i < 3; ++i) first->update(weights, some_gradients(9, i), 0.01);

    const auto second = make_optimizer(which.optimizer, which.parameters, 9);
    std::vector<float> resumed = weights;
    second->set_updates(first->updates());
    const auto stored = first->state();
    const auto restored = second->state();
    ASSERT_EQ(stored.size(), restored.size());
    for (std::size_t i = 0; i < stored.size(); ++i) {
      EXPECT_EQ(stored[i].name, restored[i].name);
      EXPECT_EQ(stored[i].values.size(), 9U);
      std::copy(stored[i].values.begin(), stored[i].values.end(), restored[i].values.begin());
    }
    for (int i = 3; i < 6; ++i) {
      first->update(weights, some_gradients(9, i), 0.01);
      second->update(resumed, some_gradients(9, i), 0.01);
    }
    EXPECT_EQ(resumed, weights) << which.optimizer;
    EXPECT_EQ(second->updates(), 6);
  }
}

TEST(Optimizer, RemembersOnlyWhatItNeeds) {
  const auto names = [](std::string_view optimizer, const Parameters& parameters) {
    std::vector<std::string> result;
    for (const auto& state : make_optimizer(optimizer, parameters, 2)->state()) {
      result.push_back(state.name);
    }
    return result;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names("sgd", {}), Names{});
  EXPECT_EQ(names("sgd", {{"momentum", 0.5}}), Names{"velocity"});
  EXPECT_EQ(names("rmsprop", {}), Names{"mean_square"});
  EXPECT_EQ(names("rmsprop", {{"momentum", 0.5}}), (Names{"mean_square", "velocity"}));
  EXPECT_EQ(names("adam", {}), (Names{"mean", "mean_square"}));
}

TEST(Optimizer, LeavesWeightsWithoutAGradientAlone) {
  for (const char* name : {"sgd", "rmsprop", "adam"}) {
    const auto optimizer = make_optimizer(name, {}, 2);
    std::vector<float> weights = {0.25F, -3.0F};
    optimizer->update(weights, std::vector<float>{0, 0}, 0.1);
    EXPECT_EQ(weights, (std::vector<float>{0.25F, -3.0F})) << name;
  }
}

TEST(Optimizer, WithARateOfZeroChangesNoWeight) {
  for (const test::OptimizerCase& which : test::kOptimizerCases) {
    const auto optimizer = make_optimizer(which.optimizer, which.parameters, 4);
    auto weights = test::kWeights;
    optimizer->update(weights, test::kGradients[0], 0);
    EXPECT_EQ(weights, test::kWeights) << which.optimizer;
  }
}

TEST(Optimizer, FindsTheMinimumOfAParabola) {
  for (const test::OptimizerCase& which : test::kOptimizerCases) {
    if (which.parameters.count("weight_decay") > 0) continue;  // has another minimum
    const auto optimizer = make_optimizer(which.optimizer, which.parameters, 2);
    std::vector<float> weights = {1, -2};
    for (int i = 0; i < 2000; ++i) {
      const std::vector<float> slopes = {weights[0] - 0.5F, 4 * (weights[1] + 1)};
      optimizer->update(weights, slopes, 0.1 * std::pow(0.995, i));
    }
    EXPECT_NEAR(weights[0], 0.5, 1e-4) << which.optimizer;
    EXPECT_NEAR(weights[1], -1, 1e-4) << which.optimizer;
  }
}

TEST(Optimizer, DoesNotHideAGradientThatIsNotANumber) {
  for (const test::OptimizerCase& which : test::kOptimizerCases) {
    const auto optimizer = make_optimizer(which.optimizer, which.parameters, 2);
    std::vector<float> weights = {1, 1};
    optimizer->update(weights, std::vector<float>{std::numeric_limits<float>::quiet_NaN(), 0}, 0.1);
    EXPECT_TRUE(std::isnan(weights[0])) << which.optimizer;
    EXPECT_TRUE(std::isfinite(weights[1])) << which.optimizer;
  }
}

TEST(Optimizer, ForgetsGradientsAltogetherBeforeTheyLoseDigits) {
  for (const test::OptimizerCase& which : test::kOptimizerCases) {
    const auto optimizer = make_optimizer(which.optimizer, which.parameters, 1);
    std::vector<float> weights = {1};
    optimizer->update(weights, std::vector<float>{1e-17F}, 0);
    for (int i = 0; i < 1000; ++i) {
      optimizer->update(weights, std::vector<float>{0}, 0);
      for (const OptimizerState& state : optimizer->state()) {
        EXPECT_NE(std::fpclassify(state.values[0]), FP_SUBNORMAL)
            << which.optimizer << ' ' << state.name;
      }
    }
  }
}

TEST(RmsProp, DoesNotDependOnTheScaleOfTheGradients) {
  const auto small = make_optimizer("rmsprop", {{"epsilon", 1e-30}}, 5);
  const auto large = make_optimizer("rmsprop", {{"epsilon", 1e-30}}, 5);
  std::vector<float> small_weights(5), large_weights(5);
  for (int i = 0; i < 10; ++i) {
    std::vector<float> gradients = some_gradients(5, i);
    small->update(small_weights, gradients, 0.01);
    for (float& gradient : gradients) gradient *= 1024;
    large->update(large_weights, gradients, 0.01);
  }
  EXPECT_EQ(small_weights, large_weights);
}

TEST(Adam, FirstStepIsTheRateWhateverTheGradient) {
  const auto optimizer = make_optimizer("adam", {}, 3);
  std::vector<float> weights(3);
  optimizer->update(weights, std::vector<float>{0.01F, -5000, 3}, 0.125);
  EXPECT_NEAR(weights[0], -0.125, 2e-6);
  EXPECT_NEAR(weights[1], 0.125, 1e-6);
  EXPECT_NEAR(weights[2], -0.125, 1e-6);
}

TEST(Adam, WeightDecayDoesNotDependOnTheGradient) {
  const auto plain = make_optimizer("adam", {}, 2);
  const auto decaying = make_optimizer("adam", {{"weight_decay", 0.5}}, 2);
  std::vector<float> a = {8, 8}, b = {8, 8};
  plain->update(a, std::vector<float>{1e-3F, 1e3F}, 0.1);
  decaying->update(b, std::vector<float>{1e-3F, 1e3F}, 0.1);
  EXPECT_NEAR(a[0] - b[0], 0.4, 1e-5);
  EXPECT_NEAR(a[1] - b[1], 0.4, 1e-5);
}

TEST(Optimizer, ThatIsUnknownIsAnErrorThatListsTheKnownOnes) {
  const std::string expected =
      "there is no optimizer 'adamax'; known are " + test::listed(optimizer_names());
  EXPECT_EQ(test::input_error([] { make_optimizer("adamax", {}, 1); }), expected);
  EXPECT_EQ(test::input_error([] { optimizer_parameters("adamax"); }), expected);
}

TEST(Optimizer, RefusesAParameterThatItDoesNotHave) {
  EXPECT_EQ(test::input_error([] {
              make_optimizer("rmsprop", {{"beta_1", 0.9}}, 1);
            }),
            "the optimizer 'rmsprop' has no parameter 'beta_1'; known are epsilon, momentum, rho");
}

TEST(Optimizer, RefusesParametersOutOfRange) {
  EXPECT_EQ(test::input_error([] {
              make_optimizer("rmsprop", {{"rho", 1}}, 1);
            }),
            "rho of the optimizer 'rmsprop' is out of range (it is 1); it must be 0 or more and "
            "below 1");
  EXPECT_EQ(test::input_error([] {
              make_optimizer("adam", {{"epsilon", 0}}, 1);
            }),
            "epsilon of the optimizer 'adam' is out of range (it is 0); it must be above 0");
  EXPECT_EQ(test::input_error([] {
              make_optimizer("adam", {{"weight_decay", -0.5}}, 1);
            }),
            "weight_decay of the optimizer 'adam' is out of range (it is -0.5); it must be 0 or "
            "more");
  EXPECT_EQ(test::input_error([] {
              make_optimizer("sgd", {{"nesterov", 0.5}}, 1);
            }),
            "nesterov of the optimizer 'sgd' is out of range (it is 0.5); it must be 0 or 1");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const std::string& optimizer : optimizer_names()) {
    for (const auto& [name, standard] : optimizer_parameters(optimizer)) {
      for (const double value : {nan, infinity, -infinity, -1.0}) {
        EXPECT_THROW(make_optimizer(optimizer, {{name, value}}, 1), InputError)
            << optimizer << ' ' << name << ' ' << value;
      }
    }
  }
}

}  // namespace
}  // namespace showergan::training
