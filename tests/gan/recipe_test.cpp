#include "gan/recipe.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/resources.hpp"
#include "model/definition.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"
#include "training/optimizer.hpp"

namespace showergan::gan {
namespace {

constexpr const char* small = R"(model = "3dgan"
[data]
power = 1
[train]
batch = 64
[losses.generation]
loss = "hinge"
target = "label"
[losses.ecal]
loss = "mape"
target = "cell_sum"
polynomial = [0, 2]
[generator]
optimizer = "adam"
beta_1 = 0.5
[discriminator]
schedule = { kind = "cosine", epochs = 20 }
[validation]
metrics = ["moments_shift"]
)";

Recipe parse(const std::string& text, const std::vector<std::string>& settings = {}) {
  return parse_recipe(text, "r.toml", settings);
}

/// The error of `small` with one text replaced by another.
std::string error_with(const std::string& from, const std::string& to) {
  std::string text = small;
  text.replace(text.find(from), from.size(), to);
  return test::input_error([&] { parse(text); });
}

std::string error_of(const std::vector<std::string>& settings) {
  return test::input_error([&] { parse(small, settings); });
}

void expect_text(const std::string& text, const std::string& start) {
  EXPECT_EQ(text.substr(0, start.size()), start) << text;
}

const LossTerm& loss_of(const Recipe& recipe, const std::string& output) {
  const auto found = std::find_if(recipe.losses.begin(), recipe.losses.end(),
                                  [&](const LossTerm& term) { return term.output == output; });
  if (found == recipe.losses.end()) throw std::runtime_error("no loss of " + output);
  return *found;
}

TEST(Recipe, HoldsWhatTheFileSays) {
  const Recipe recipe = parse(small);
  EXPECT_EQ(recipe.model, "3dgan");
  EXPECT_EQ(recipe.batch, 64);
  ASSERT_EQ(recipe.losses.size(), 2U);
  EXPECT_EQ(recipe.losses[0].output, "generation");
  EXPECT_EQ(recipe.losses[0].target, Target::label);
  EXPECT_EQ(recipe.losses[0].generator_loss, "hinge");
  EXPECT_EQ(recipe.losses[1].target, Target::cell_sum);
  EXPECT_EQ(recipe.losses[1].polynomial, (std::vector<double>{0, 2}));
  EXPECT_EQ(recipe.generator.optimizer, "adam");
  EXPECT_EQ(recipe.validation_metrics, std::vector<std::string>{"moments_shift"});
}

TEST(Recipe, HasAllDefaults) {
  const Recipe recipe = parse(small);
  EXPECT_EQ(recipe.data.threshold, 1e-6);
  EXPECT_EQ(recipe.epochs, 25);
  EXPECT_EQ(recipe.fake_conditions, "uniform");
  EXPECT_EQ(recipe.precision, Precision::f32);
  auto adam = training::optimizer_parameters("adam");
  adam["beta_1"] = 0.5;
  EXPECT_EQ(recipe.generator.parameters, adam);
  EXPECT_EQ(recipe.generator.schedule, "constant");
  EXPECT_EQ(recipe.generator.schedule_parameters, (std::map<std::string, double>{}));
  EXPECT_EQ(recipe.discriminator.optimizer, "rmsprop");
  EXPECT_EQ(recipe.discriminator.parameters, training::optimizer_parameters("rmsprop"));
  EXPECT_EQ(recipe.discriminator.schedule, "cosine");
  EXPECT_EQ(recipe.discriminator.schedule_parameters,
            (std::map<std::string, double>{{"epochs", 20}, {"floor", 0}}));
}

TEST(Recipe, PublishedOnesAreAsPublished) {
  const Recipe fixed = load_recipe("3dgan");
  EXPECT_EQ(fixed.batch, 128);
  EXPECT_EQ(loss_of(fixed, "generation").weight, 2);
  EXPECT_EQ(loss_of(fixed, "auxiliary").condition, "energy");
  EXPECT_EQ(loss_of(fixed, "ecal").polynomial,
            (std::vector<double>{0, 2.21, -0.28, 0.11, -0.023, 0.0018}));
  EXPECT_EQ(fixed.generator.parameters, training::optimizer_parameters("rmsprop"));

  const Recipe wide = load_recipe("3dgan-16");
  EXPECT_EQ(wide.model, "3dgan-16");
  EXPECT_EQ(wide.batch, 8);
  EXPECT_EQ(wide.generator.warm_up, 5);
  EXPECT_EQ(loss_of(wide, "generation").weight, 8);
  EXPECT_EQ(loss_of(wide, "auxiliary").weight, 0.2);

  const Recipe angle = load_recipe("3dgan-angle");
  EXPECT_EQ(angle.fake_conditions, "data");
  EXPECT_EQ(loss_of(angle, "angle").weight, 25);
  EXPECT_EQ(loss_of(angle, "angle").condition, "theta");
  EXPECT_EQ(loss_of(angle, "ecal").polynomial, std::vector<double>{});
}

TEST(Recipe, AllShippedOnesFitTheirModels) {
  const std::vector<std::string> names = resource_names("recipes", {".toml"});
  EXPECT_GE(names.size(), 3U);
  for (const std::string& name : names) {
    const Recipe recipe = load_recipe(name);
    const ModelDefinition model = find_definition(recipe.model);
    ASSERT_TRUE(model.discriminator) << name;
    for (const LossTerm& term : recipe.losses) {
      const auto& outputs = model.discriminator->outputs();
      EXPECT_TRUE(std::any_of(outputs.begin(), outputs.end(),
                              [&](const nn::Output& output) { return output.name == term.output; }))
          << name << ", " << term.output;
      if (term.target != Target::condition) continue;
      const auto& conditions = model.conditions;
      EXPECT_TRUE(
          std::any_of(conditions.begin(), conditions.end(),
                      [&](const auto& condition) { return condition.name == term.condition; }))
          << name << ", " << term.condition;
    }
    EXPECT_EQ(recipe.losses.size(), model.discriminator->outputs().size()) << name;
  }
}

TEST(Recipe, IsFoundByPath) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "mine.toml") << small;
  EXPECT_EQ(load_recipe((folder / "mine.toml").string()), parse(small));
  expect_text(test::input_error([] { load_recipe("3dgam"); }),
              "nothing is called '3dgam' in recipes (known: ");
}

TEST(Recipe, RoundTripsThroughToml) {
  for (const std::string& name : resource_names("recipes", {".toml"})) {
    const Recipe recipe = load_recipe(name);
    EXPECT_EQ(parse(to_toml(recipe)), recipe) << to_toml(recipe);
  }
  const Recipe recipe = parse(
      small, {"data.scale=0.1", "train.average=0.9999", "data.power=1.0",
              "train.seed=9223372036854775807", "losses.generation.generator_loss=hinge_generator",
              "losses.\"an \\\"odd\\\\ näme\".loss=mse",
              "losses.\"an \\\"odd\\\\ näme\".target=theta", "generator.rate=1e-20",
              "generator.schedule=step", "discriminator.clip=12345678901234567890.0",
              "train.precision=bf16", "model=\"a \\\"b\\\" \\t c\""});
  EXPECT_EQ(parse(to_toml(recipe)), recipe) << to_toml(recipe);
  EXPECT_EQ(recipe.losses[2].output, "an \"odd\\ näme");
}

TEST(Recipe, ThePrecisionIsWrittenByItsName) {
  const auto line_of = [](const std::vector<std::string>& settings) {
    const std::string text = to_toml(parse(small, settings));
    const std::size_t start = text.find("precision = ");
    return text.substr(start, text.find('\n', start) - start);
  };
  EXPECT_EQ(line_of({}), "precision = \"f32\"");
  EXPECT_EQ(line_of({"train.precision=bf16"}), "precision = \"bf16\"");
}

TEST(RecipeSettings, ChangeAnyKey) {
  const Recipe recipe = parse(
      small, {"train.batch=32", " train.label_flips = 0.25 ", "model=3dgan-16",
              "train.fake_conditions=data", "losses.ecal.weight=0.2", "losses.ecal.polynomial=[]",
              "validation.metrics=[\"profile_z_mean\"]", "generator.beta_1=0", "checkpoints.keep=7",
              "validation.every=0", "train.precision=bf16"});
  EXPECT_EQ(recipe.batch, 32);
  EXPECT_EQ(recipe.precision, Precision::bf16);
  EXPECT_EQ(recipe.label_flips, 0.25);
  EXPECT_EQ(recipe.model, "3dgan-16");
  EXPECT_EQ(recipe.fake_conditions, "data");
  EXPECT_EQ(loss_of(recipe, "ecal").weight, 0.2);
  EXPECT_EQ(loss_of(recipe, "ecal").polynomial, std::vector<double>{});
  EXPECT_EQ(recipe.validation_metrics, std::vector<std::string>{"profile_z_mean"});
  EXPECT_EQ(recipe.generator.parameters.at("beta_1"), 0);
  EXPECT_EQ(recipe.checkpoint_keep, 7);
  EXPECT_EQ(recipe.validation_every, 0);
}

TEST(RecipeSettings, TheLaterOneWins) {
  EXPECT_EQ(parse(small, {"train.batch=32", "train.batch=16"}).batch, 16);
}

TEST(RecipeSettings, AddTablesThatAreNotThere) {
  const Recipe recipe =
      parse(small, {"checkpoints.every=10", "losses.auxiliary.loss=mae",
                    "losses.auxiliary.target=energy", "losses.auxiliary.unit=100"});
  EXPECT_EQ(recipe.checkpoint_every, 10);
  ASSERT_EQ(recipe.losses.size(), 3U);
  EXPECT_EQ(recipe.losses[2].output, "auxiliary");
  EXPECT_EQ(recipe.losses[2].unit, 100);
  const std::string loss = "losses.ecal={ loss = \"mse\", target = \"energy\" }";
  EXPECT_EQ(parse(small, {loss}).losses[1].loss, "mse");
}

TEST(RecipeSettings, AnotherOptimizerDropsTheFormerParameters) {
  const Recipe recipe = parse(small, {"generator.rate=0.5", "generator.optimizer=sgd"});
  EXPECT_EQ(recipe.generator.rate, 0.5);
  EXPECT_EQ(recipe.generator.parameters, training::optimizer_parameters("sgd"));
  const Recipe same = parse(small, {"generator.optimizer=adam"});
  EXPECT_EQ(same.generator.parameters.at("beta_1"), 0.5);
  const Recipe standard =
      parse(small, {"discriminator.rho=0.8", "discriminator.optimizer=rmsprop"});
  EXPECT_EQ(standard.discriminator.parameters.at("rho"), 0.8);
}

TEST(RecipeSettings, SchedulesAreTextsOrTables) {
  using Parameters = std::map<std::string, double>;
  const OptimizerRecipe plain = parse(small, {"generator.schedule=cosine"}).generator;
  EXPECT_EQ(plain.schedule, "cosine");
  EXPECT_EQ(plain.schedule_parameters, (Parameters{{"epochs", 0}, {"floor", 0}}));
  const OptimizerRecipe changed =
      parse(small, {"generator.schedule=cosine", "generator.schedule.epochs=20"}).generator;
  EXPECT_EQ(changed.schedule_parameters, (Parameters{{"epochs", 20}, {"floor", 0}}));
  const OptimizerRecipe inside = parse(small, {"discriminator.schedule.floor=0.5"}).discriminator;
  EXPECT_EQ(inside.schedule_parameters, (Parameters{{"epochs", 20}, {"floor", 0.5}}));
  const OptimizerRecipe other = parse(small, {"discriminator.schedule=constant"}).discriminator;
  EXPECT_EQ(other.schedule_parameters, Parameters{});
  const OptimizerRecipe kind = parse(small, {"discriminator.schedule.kind=step"}).discriminator;
  EXPECT_EQ(kind.schedule, "step");
  EXPECT_EQ(kind.schedule_parameters.count("epochs"), 0U);
}

TEST(RecipeSettings, ErrorsNameThem) {
  EXPECT_EQ(error_of({"train.batch"}),
            "cannot understand the setting 'train.batch'; write KEY=VALUE, such as "
            "train.batch=64");
  expect_text(error_of({"=3"}), "cannot understand the setting '=3'; write");
  expect_text(error_of({"a b=3"}), "cannot understand the setting 'a b=3'; write");
  EXPECT_EQ(error_of({"train.batch=0"}),
            "train: 'batch' is 0 (the setting train.batch=0); it must be from 1 to 1000000");
  EXPECT_EQ(error_of({"train.batch=many"}),
            "train: 'batch' must be a whole number (the setting train.batch=many)");
  EXPECT_EQ(error_of({"train.batch="}),
            "train: 'batch' must be a whole number (the setting train.batch=)");
  expect_text(error_of({"train.bacth=3"}),
              "train has an unknown key 'bacth' (the setting train.bacth=3); did you mean batch? "
              "known are average, batch, ");
  expect_text(error_of({"trian.batch=3"}),
              "the recipe has an unknown key 'trian' (the setting trian.batch=3); did you mean "
              "train? known are ");
  EXPECT_EQ(error_of({"train.batch.size=3"}),
            "'batch' is no table (the setting train.batch.size=3); only a table has keys of its "
            "own");
  EXPECT_EQ(error_of({"losses.auxiliary.weight=3"}),
            "losses.auxiliary has no 'loss' (the setting losses.auxiliary.weight=3)");
  EXPECT_EQ(error_of({"losses=3"}), "the recipe: 'losses' must be a table (the setting losses=3)");
  EXPECT_EQ(error_of({"generator.schedule.kind=const"}),
            "there is no schedule 'const' (the setting generator.schedule.kind=const); known are "
            "constant, cosine, exponential, step");
}

TEST(RecipeErrors, WrongForms) {
  EXPECT_EQ(error_with("model = \"3dgan\"", "model = 3"),
            "the recipe: 'model' must be a text (r.toml:1); put it into quotes");
  EXPECT_EQ(error_with("model = \"3dgan\"", "model = \"\""),
            "the recipe: 'model' is empty (r.toml:1); name a model");
  expect_text(error_with("model = \"3dgan\"", "[[]"), "not valid TOML: ");
  expect_text(error_with("model = \"3dgan\"", ""), "the recipe has no 'model' (r.toml:");
  EXPECT_EQ(error_with("[data]\npower", "data = 3\n[x]\ny"),
            "the recipe: 'data' must be a table (r.toml:2)");
  expect_text(test::input_error([] { parse("model = \"a\"\n[losses]"); }),
              "the recipe has no losses (r.toml:2); write a table [losses.OUTPUT]");
  expect_text(test::input_error([] { parse("model = \"a\""); }),
              "the recipe has no losses (r.toml:");
  EXPECT_EQ(error_of({"losses.x=3"}), "'losses.x' must be a table (the setting losses.x=3)");
}

TEST(RecipeErrors, Losses) {
  expect_text(error_with("\"hinge\"", "\"hing\""),
              "there is no loss 'hing' (r.toml:7); known are binary_cross_entropy, hinge");
  EXPECT_EQ(error_with("loss = \"hinge\"\n", ""), "losses.generation has no 'loss' (r.toml:6)");
  EXPECT_EQ(error_with("target = \"label\"\n", ""), "losses.generation has no 'target' (r.toml:6)");
  EXPECT_EQ(
      error_with("\"label\"", "\"labels\""),
      "losses.generation: 'target' is 'labels' (r.toml:8); it must be one of label, cell_sum, "
      "energy, theta, phi");
  EXPECT_EQ(error_with("target = \"label\"", "target = \"label\"\nunit = 2"),
            "losses.generation: 'unit' has no meaning for the target 'label' (r.toml:9); leave it "
            "out");
  EXPECT_EQ(
      error_with("\"label\"", "\"label\"\npolynomial = [1]"),
      "losses.generation: 'polynomial' is for the target 'cell_sum' only (r.toml:9); leave it "
      "out");
  EXPECT_EQ(error_with("[0, 2]", "[0, inf]"),
            "losses.ecal: 'polynomial' holds what is no number (r.toml:12)");
  EXPECT_EQ(error_with("[0, 2]", "2"),
            "losses.ecal: 'polynomial' must be a list of numbers (r.toml:12)");
  expect_text(error_with("power = 1", "power = 0.5"),
              "losses.ecal: a polynomial with data.power = 0.5 (r.toml:12); leave the polynomial");
  EXPECT_EQ(error_with("polynomial = [0, 2]\n", ""),
            "losses.ecal: the cell sum of generated showers has no target (r.toml:11); give a "
            "polynomial, or set train.fake_conditions to data");
  expect_text(error_of({"losses.ecal.wieght=2"}),
              "losses.ecal has an unknown key 'wieght' (the setting losses.ecal.wieght=2); did you "
              "mean weight? known are ");
}

TEST(RecipeErrors, OptimizersAndSchedules) {
  EXPECT_EQ(error_with("\"adam\"", "\"adams\""),
            "there is no optimizer 'adams' (r.toml:14); known are adam, rmsprop, sgd");
  expect_text(error_with("beta_1", "beta_3"),
              "generator has an unknown key 'beta_3' (r.toml:15); did you mean beta_1? known are "
              "beta_1, beta_2, clip, ");
  EXPECT_EQ(error_with("beta_1 = 0.5", "beta_1 = \"x\""),
            "generator: 'beta_1' must be a number (r.toml:15)");
  EXPECT_EQ(error_with("beta_1 = 0.5", "beta_1 = 2"),
            "generator: 'beta_1' is 2 (r.toml:15); it must be 0 or more and below 1");
  EXPECT_EQ(error_with("\"cosine\"", "\"cosin\""),
            "there is no schedule 'cosin' (r.toml:17); known are constant, cosine, exponential, "
            "step");
  expect_text(
      error_with("epochs = 20", "epoch = 20"),
      "discriminator.schedule has an unknown key 'epoch' (r.toml:17); did you mean epochs?");
  EXPECT_EQ(error_with("epochs = 20", "epochs = -1"),
            "discriminator.schedule: 'epochs' is -1 (r.toml:17); it must be 0 or more");
  EXPECT_EQ(error_with("kind = \"cosine\", ", ""),
            "discriminator.schedule has no 'kind' (r.toml:17)");
  EXPECT_EQ(error_of({"generator.schedule=3"}),
            "generator: 'schedule' must be a text (the setting generator.schedule=3); put it into "
            "quotes");
}

TEST(RecipeErrors, Metrics) {
  EXPECT_EQ(error_with("[\"moments_shift\"]", "\"moments_shift\""),
            "validation: 'metrics' must be a list of texts (r.toml:19); write it as "
            "[\"moments_shift\", \"profile_z_mean\"]");
  EXPECT_EQ(error_with("[\"moments_shift\"]", "[3]"),
            "validation: 'metrics' must be a list of texts (r.toml:19)");
  expect_text(error_with("moments_shift", "moment_shift"),
              "validation: there is no metric 'moment_shift' (r.toml:19); did you mean "
              "moments_shift? known are ");
}

struct Refused {
  const char* setting;
  const char* reason;
};

TEST(RecipeErrors, ValuesOutOfRange) {
  const Refused cases[] = {{"data.threshold=-1", "0 or more"},
                           {"data.least_sum=-0.1", "0 or more"},
                           {"data.scale=0", "above 0"},
                           {"data.power=0", "above 0"},
                           {"data.power=nan", "above 0"},
                           {"data.scale=inf", "above 0"},
                           {"data.symmetries=some", "one of none, all"},
                           {"data.validation=1", "0 or more and below 1"},
                           {"data.memory=0", "from 1 to 8796093022207"},
                           {"train.seed=-1", "at least 0"},
                           {"train.epochs=0", "from 1 to 1000000000"},
                           {"train.steps=-1", "at least 0"},
                           {"train.threads=-1", "from 0 to 1024"},
                           {"train.generator_updates=0", "from 1 to 250"},
                           {"train.discriminator_first=-1", "at least 0"},
                           {"train.label_flips=1.01", "from 0 to 1"},
                           {"train.label_flips=-0.01", "from 0 to 1"},
                           {"train.fake_conditions=both", "one of uniform, data"},
                           {"train.average=1", "0 or more and below 1"},
                           {"train.precision=int8", "one of f32, bf16"},
                           {"train.precision=f16", "one of f32, bf16"},
                           {"train.patience=0", "from 1 to 2147483647"},
                           {"layers.width_epochs=0", "from 1 to 2147483647"},
                           {"losses.ecal.weight=-1", "0 or more"},
                           {"losses.ecal.unit=0", "above 0"},
                           {"generator.rate=0", "above 0"},
                           {"generator.clip=-1", "0 or more"},
                           {"discriminator.warm_up=-1", "0 or more"},
                           {"validation.every=-1", "at least 0"},
                           {"validation.showers=0", "at least 1"},
                           {"checkpoints.every=-1", "at least 0"},
                           {"checkpoints.keep=0", "from 1 to 2147483647"}};
  for (const Refused& refused : cases) {
    const std::string text = error_of({refused.setting});
    const std::string end =
        fmt::format("(the setting {}); it must be {}", refused.setting, refused.reason);
    EXPECT_TRUE(text.ends_with(end)) << text;
  }
}

}  // namespace
}  // namespace showergan::gan
