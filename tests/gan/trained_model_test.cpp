#include "gan/trained_model.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "gan/adversarial_step.hpp"
#include "nn/plan/plan.hpp"
#include "support/error_text.hpp"
#include "support/toy_training.hpp"

namespace showergan::gan {
namespace {

using test::input_error;

constexpr std::int64_t cells = 216;
constexpr std::int64_t showers = 3;

class TrainedModelTest : public testing::Test {
 protected:
  Recipe recipe(std::vector<std::string> settings = {}) const {
    settings.push_back("losses.ecal.polynomial=[]");
    settings.push_back("train.fake_conditions=data");
    return load_recipe((toy_ / "recipe.toml").string(), settings);
  }

  Checkpoint checkpoint(const Recipe& recipe) const {
    Checkpoint checkpoint;
    AdversarialStep(recipe, definition_, 1).store(checkpoint);
    checkpoint.texts["recipe"] = to_toml(recipe);
    checkpoint.texts["definition"] = test::toy_model;
    checkpoint.texts["training_data"] = "300 showers: showers.h5";
    checkpoint.texts["facts"] = "{\"training\":{}}";
    return checkpoint;
  }

  test::ToyTraining toy_;
  ModelDefinition definition_ = parse_definition(test::toy_model, "toy");
};

using Inputs = std::vector<std::pair<std::string, std::vector<float>>>;

std::vector<float> run(const nn::Graph& graph, const nn::Parameters& parameters,
                       const Inputs& inputs, const std::string& output, std::int64_t size) {
  nn::Plan plan = nn::compile(graph, {nn::Mode::infer, showers});
  for (const auto& [name, values] : inputs) plan.set_input(name, values);
  plan.forward(*plan.prepare(parameters));
  std::vector<float> values(static_cast<std::size_t>(showers * size));
  plan.get_output(output, values);
  return values;
}

std::vector<float> normal(std::int64_t count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  CounterRandom(5, RandomPurpose::noise).fill_normal(0, values);
  return values;
}

void expect_near(const std::vector<float>& a, const std::vector<float>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-5f + 1e-4f * b[i]) << i;
}

TEST_F(TrainedModelTest, AGeneratorGivesGev) {
  const nn::Parameters weights = nn::initial_parameters(definition_.generator, 1);
  const Inputs inputs = {{"noise", normal(showers * 8)}, {"condition", {10, 100, 400}}};
  const std::vector<float> seen = run(definition_.generator, weights, inputs, "shower", cells);
  struct Case {
    double scale, power;
  };
  for (const Case& c : {Case{1, 1}, {10, 1}, {1, 0.5}, {10, 0.5}}) {
    DataRecipe data;
    data.scale = c.scale;
    data.power = c.power;
    const Model model = generator_model(definition_, data, weights, {}, "texts", "{}");
    std::vector<float> expected = seen;
    for (float& cell : expected) {
      cell = static_cast<float>(std::pow(static_cast<double>(cell), 1 / c.power) / c.scale);
    }
    expect_near(run(model.graph, model.parameters, inputs, "shower", cells), expected);
  }
}

TEST_F(TrainedModelTest, TheCardSaysWhatTheModelIs) {
  const Model model = model_from_checkpoint(checkpoint(recipe()), "generator");
  EXPECT_EQ(model.card.name, "toy");
  EXPECT_EQ(model.card.detector, "toy");
  ASSERT_EQ(model.card.conditions.size(), 1U);
  EXPECT_EQ(model.card.conditions[0].name, "energy");
  EXPECT_EQ(model.card.training_data, "300 showers: showers.h5");
  EXPECT_EQ(model.card.facts, "{\"training\":{}}");
  EXPECT_FALSE(model.card.version.empty());
}

TEST_F(TrainedModelTest, OfTheGeneratorTheAverageIsTakenIfThereIsOne) {
  Checkpoint plain = checkpoint(recipe());
  EXPECT_EQ(model_from_checkpoint(plain, "generator").parameters.trainable,
            plain.arrays.at("generator/trainable"));
  Checkpoint averaged = checkpoint(recipe({"train.average=0.9"}));
  std::vector<float>& weights = averaged.arrays.at("average/trainable");
  std::ranges::fill(weights, 0.5f);
  const Model model = model_from_checkpoint(averaged, "generator");
  EXPECT_EQ(model.parameters.trainable, weights);
  EXPECT_EQ(model.parameters.statistics, averaged.arrays.at("average/statistics"));
}

TEST_F(TrainedModelTest, ADiscriminatorTakesGev) {
  const Checkpoint of = checkpoint(recipe({"data.scale=10", "data.power=0.5"}));
  const Model model = model_from_checkpoint(of, "discriminator");
  EXPECT_EQ(model.card.name, "toy-discriminator");
  EXPECT_EQ(model.parameters.trainable, of.arrays.at("discriminator/trainable"));
  std::vector<float> gev = normal(showers * cells);
  for (float& cell : gev) cell = std::abs(cell);
  std::vector<float> seen = gev;
  for (float& cell : seen) cell = std::sqrt(10 * cell);
  for (const char* output : {"generation", "auxiliary", "ecal"}) {
    expect_near(run(model.graph, model.parameters, {{"image", gev}}, output, 1),
                run(*definition_.discriminator, model.parameters, {{"image", seen}}, output, 1));
  }
}

TEST_F(TrainedModelTest, APartThatIsNotThereIsRefused) {
  Checkpoint of = checkpoint(recipe());
  EXPECT_EQ(input_error([&] { model_from_checkpoint(of, "judge"); }),
            "the checkpoint has no part 'judge'; parts are generator and discriminator");
  std::string& definition = of.texts.at("definition");
  definition.resize(definition.find("[discriminator]"));
  EXPECT_EQ(input_error([&] { model_from_checkpoint(of, "discriminator"); }),
            "the checkpoint has no part 'discriminator'; parts are generator and discriminator");
}

TEST_F(TrainedModelTest, ACheckpointOfSomethingElseIsRefused) {
  for (const std::string name : {"recipe", "definition", "training_data", "facts"}) {
    Checkpoint of = checkpoint(recipe());
    of.texts.erase(name);
    EXPECT_EQ(input_error([&] { model_from_checkpoint(of, "generator"); }),
              "the checkpoint is not of such a training (it has no '" + name + "')");
  }
  for (const std::string name : {"generator/trainable", "generator/statistics"}) {
    Checkpoint of = checkpoint(recipe());
    of.arrays.at(name).push_back(0);
    EXPECT_NE(input_error([&] { model_from_checkpoint(of, "generator"); }).find("its '" + name),
              std::string::npos);
    of.arrays.erase(name);
    EXPECT_NE(input_error([&] { model_from_checkpoint(of, "generator"); }).find("no '" + name),
              std::string::npos);
  }
  Checkpoint of = checkpoint(recipe());
  of.texts["recipe"] = "model =";
  EXPECT_NE(
      input_error([&] { model_from_checkpoint(of, "generator"); }).find("the checkpoint's recipe"),
      std::string::npos);
  of = checkpoint(recipe());
  of.texts["definition"] = "name = 3";
  EXPECT_NE(input_error([&] {
              model_from_checkpoint(of, "generator");
            }).find("the checkpoint's model definition"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::gan
