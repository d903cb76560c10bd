#include "gan/validation.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "base/interrupt.hpp"
#include "gan/trained_model.hpp"
#include "model/model_file.hpp"
#include "support/error_text.hpp"
#include "support/toy_training.hpp"

namespace showergan::gan {
namespace {

class ValidationTest : public testing::Test {
 protected:
  ValidationTest() : definition_(load_definition(toy_ / "model.toml")) {
    const Model model =
        generator_model(definition_, recipe().data,
                        nn::initial_parameters(definition_.generator, 3), {}, "none", "{}");
    save_model(model, toy_ / "model.onnx");
  }

  Recipe recipe(const std::vector<std::string>& settings = {}) const {
    return load_recipe((toy_ / "recipe.toml").string(), settings);
  }

  TrainingData data(double validation = 0.5) const {
    TrainingDataOptions options;
    options.files = {toy_ / "showers.h5"};
    options.validation = validation;
    return TrainingData(options);
  }

  Validation::Result run(const Recipe& recipe, int threads = 1) const {
    const TrainingData showers = data();
    return Validation(recipe, definition_, showers, threads).run(toy_ / "model.onnx").value();
  }

  test::ToyTraining toy_;
  ModelDefinition definition_;
};

std::vector<double> values(const Validation::Result& result) {
  std::vector<double> values;
  for (const physics::MetricResult& metric : result.metrics) {
    values.push_back(metric.value.value_or(-1));
  }
  return values;
}

TEST_F(ValidationTest, IsPossibleWithShowersOnlyAndIfItIsWanted) {
  EXPECT_TRUE(Validation(recipe(), definition_, data(), 1).possible());
  EXPECT_FALSE(Validation(recipe(), definition_, data(0), 1).possible());
  EXPECT_FALSE(Validation(recipe({"validation.every=0"}), definition_, data(), 1).possible());
}

TEST_F(ValidationTest, TheFigureIsTheSumOfTheMetricsThatDecide) {
  const Validation::Result result =
      run(recipe({"validation.metrics=[\"profile_x_mean\", \"profile_z_mean\"]"}));
  EXPECT_GT(result.metrics.size(), 5U) << "every metric is told";
  double sum = 0;
  for (const physics::MetricResult& metric : result.metrics) {
    if (metric.name == "profile_x_mean" || metric.name == "profile_z_mean") {
      ASSERT_TRUE(metric.value) << metric.reason;
      sum += *metric.value;
    }
  }
  EXPECT_GT(sum, 0);
  EXPECT_EQ(result.figure, sum);
  EXPECT_LT(run(recipe({"validation.metrics=[\"profile_x_mean\"]"})).figure, sum);
}

TEST_F(ValidationTest, WithoutOneOfThemTheFigureIsNoNumber) {
  EXPECT_TRUE(std::isnan(run(recipe({"validation.metrics=[\"profile_x_mean\", \"moments_shift\"]",
                                     "validation.showers=4"}))
                             .figure));
}

TEST_F(ValidationTest, TakesAsManyShowersAsAreWantedAtMost) {
  const auto showers = [&](const std::string& setting) {
    std::int64_t most = 0;
    for (const auto& metric : run(recipe({setting})).metrics) most = std::max(most, metric.showers);
    return most;
  };
  const std::int64_t all = showers("validation.showers=1000");
  EXPECT_EQ(all, showers("validation.showers=" + std::to_string(data().validation_size())));
  const std::int64_t some = showers("validation.showers=40");
  EXPECT_LT(some, all);
  EXPECT_GT(some, 0);
}

TEST_F(ValidationTest, DependsOnTheSeedAndNotOnThreads) {
  const Validation::Result one = run(recipe());
  EXPECT_EQ(values(one), values(run(recipe(), 3)));
  EXPECT_NE(values(one), values(run(recipe({"train.seed=6"}))));
}

TEST_F(ValidationTest, AModelThatIsMissingIsAnInputError) {
  const TrainingData showers = data();
  const Validation validation(recipe(), definition_, showers, 1);
  EXPECT_NE(test::input_error([&] { validation.run(toy_ / "none.onnx"); }).find("none.onnx"),
            std::string::npos);
}

/// In a process of its own, which the user has asked to stop.
template <class Action>
[[noreturn]] void interrupt_and(const Action& action) {
  install_interrupt_handlers();
  std::raise(SIGTERM);
  action();
  std::exit(0);
}

TEST_F(ValidationTest, StopsWhenTheUserInterrupts) {
  const TrainingData showers = data();
  EXPECT_EXIT(
      {
        const Validation validation(recipe(), definition_, showers, 1);
        interrupt_and([&] {
          if (!validation.run(toy_ / "model.onnx")) std::fputs("nothing", stderr);
        });
      },
      testing::ExitedWithCode(0), "nothing");
  EXPECT_EXIT(interrupt_and([&] {
                std::fputs(
                    test::failure([&] { Validation(recipe(), definition_, showers, 1); }).c_str(),
                    stderr);
              }),
              testing::ExitedWithCode(0), "interrupted while the validation part was read");
}

}  // namespace
}  // namespace showergan::gan
