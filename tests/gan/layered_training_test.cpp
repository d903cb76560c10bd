#include <algorithm>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "showergan/generator.hpp"

#include "gan/layer_training.hpp"
#include "gan/recipe.hpp"
#include "gan/told_layers.hpp"
#include "gan/trained_model.hpp"
#include "gan/trainer.hpp"
#include "generate/discriminator.hpp"
#include "model/model_file.hpp"
#include "store/checkpoint_folder.hpp"
#include "store/shower_reader.hpp"
#include "support/error_text.hpp"
#include "support/toy_layers.hpp"

namespace showergan::gan {
namespace {

namespace fs = std::filesystem;

class LayeredTraining : public testing::Test {
 protected:
  void run(const std::string& name, const std::vector<std::string>& settings = {},
           bool resume = false) {
    TrainOptions options;
    options.recipe = load_recipe((toy_ / "recipe.toml").string(), settings);
    options.files = {toy_ / "showers.h5"};
    options.folder = toy_ / name;
    options.resume = resume;
    options.quiet = true;
    train(options);
  }

  Checkpoint last(const std::string& run) {
    const auto found = CheckpointFolder(toy_ / run / "checkpoints", 3).latest([](const auto&) {});
    EXPECT_TRUE(found.has_value());
    return *found;
  }

  std::vector<nlohmann::json> steps(const std::string& run) {
    std::ifstream file(toy_ / run / "history.jsonl");
    std::vector<nlohmann::json> lines;
    for (std::string line; std::getline(file, line);) {
      nlohmann::json json = nlohmann::json::parse(line);
      if (json["type"] == "step") lines.push_back(std::move(json));
    }
    return lines;
  }

  std::string refused(const std::vector<std::string>& settings) {
    const std::string error = test::input_error([&] { run("refused", settings); });
    EXPECT_FALSE(fs::exists(toy_ / "refused" / "history.jsonl"));
    return error;
  }

  test::ToyLayers toy_;
};

TEST_F(LayeredTraining, LearnsLayersThenAloneThenAgainstTheCritic) {
  run("a");
  const auto lines = steps("a");
  ASSERT_GT(lines.size(), 10u);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const nlohmann::json& own = lines[i]["own"];
    if (i < 5) {
      EXPECT_TRUE(own.contains("likelihood"));
      EXPECT_EQ(lines[i]["gradient_norm"]["discriminator"], 0);
    } else {
      EXPECT_GT(own.at("spread").get<double>(), 0);
      EXPECT_TRUE(own.contains("likelihood")) << "it goes on beside the critic";
      EXPECT_GT(lines[i]["gradient_norm"]["discriminator"].get<double>(), 0);
    }
    EXPECT_GT(lines[i]["gradient_norm"]["generator"].get<double>(), 0);
  }
  const auto loss = [&](std::size_t i) {  // of the start, whose recipe says mean = 0.1
    const nlohmann::json& own = lines[i]["own"];
    return own.at("likelihood").get<double>() + 0.1 * own.at("mean_energy").get<double>();
  };
  EXPECT_LT(loss(4), loss(0));
}

/// A user sees one network, which needs nothing but noise and energies.
TEST_F(LayeredTraining, TheModelDrawsLayersAndCells) {
  run("a");
  Generator generator((toy_ / "a" / "generator.onnx").string());
  const std::vector<Condition> conditions(200, Condition{200});
  std::vector<float> showers(200 * 216);
  generator.generate(conditions, 3, 0, showers);
  double sum = 0;
  for (const float cell : showers) {
    EXPECT_GE(cell, 0);
    sum += static_cast<double>(cell) / 200;
  }
  const ShowerReader reader(toy_ / "showers.h5");
  const ShowerBatch batch = reader.read(0, reader.size());
  double expected = 0;
  double energy = 0;
  for (const float cell : batch.cells) expected += static_cast<double>(cell);
  for (const float e : batch.energy) energy += static_cast<double>(e);
  EXPECT_NEAR(sum / 200, expected / energy, 0.05 * expected / energy)
      << "energy over the primary's";
}

TEST_F(LayeredTraining, GoesOnWhereItStoppedBitForBit) {
  run("whole");
  for (const char* steps : {"3", "5", "9"}) {
    run("parts", {std::string("train.steps=") + steps}, fs::exists(toy_ / "parts"));
  }
  run("parts", {}, true);
  EXPECT_EQ(last("parts").arrays, last("whole").arrays);
  EXPECT_FALSE(restore_flow(last("whole")).empty());
}

TEST_F(LayeredTraining, TheDiscriminatorMayLearnFirst) {
  const auto generator = [&](const std::string& run) {
    std::map<std::string, std::vector<float>> weights;
    for (const auto& [name, values] : last(run).arrays) {
      if (name.starts_with("generator/")) weights[name] = values;
    }
    EXPECT_FALSE(weights.empty());
    return weights;
  };
  // The adversarial part begins with the averaged weights, after the start's five steps.
  run("six", {"train.steps=6", "train.discriminator_first=3"});
  run("eight", {"train.steps=8", "train.discriminator_first=3"});
  run("nine", {"train.steps=9", "train.discriminator_first=3"});
  EXPECT_EQ(generator("six"), generator("eight"));
  EXPECT_NE(generator("eight"), generator("nine"));
  const auto lines = steps("nine");
  for (std::size_t i = 5; i < 9; ++i) {
    EXPECT_GT(lines[i]["gradient_norm"]["discriminator"].get<double>(), 0);
    EXPECT_EQ(lines[i]["gradient_norm"]["generator"].get<double>() > 0, i == 8);
  }
}

/// The likelihood is that of cells apart: what spectra take from the noise of other cells is for
/// the critics to judge.
TEST_F(LayeredTraining, NoiseOfNeighboursIsLeftToTheCritics) {
  const auto noise_weights = [&](const std::string& run) {
    const Model model = load_model(toy_ / run / "last.onnx");
    for (const nn::Parameter& parameter : model.graph.parameters()) {
      if (parameter.name != "noise_near/kernel") continue;
      const auto values = model.parameters.of(parameter);
      return std::vector<float>(values.begin(), values.end());
    }
    ADD_FAILURE() << "no noise_near/kernel";
    return std::vector<float>();
  };
  const auto changed = [](float weight) { return weight != 0; };
  run("first", {"train.steps=8", "train.discriminator_first=3"});
  const std::vector<float> before = noise_weights("first");
  EXPECT_TRUE(std::ranges::none_of(before, changed));
  run("critics", {"train.steps=9"});
  EXPECT_TRUE(std::ranges::any_of(noise_weights("critics"), changed));
}

TEST_F(LayeredTraining, ProfilesAreBroughtIntoBalanceBesideTheCritic) {
  run("without");
  const std::vector<std::string> settings = {"profile.weight=10", "profile.decay=0.5"};
  run("whole", settings);
  for (const char* steps : {"train.steps=6", "train.steps=8"}) {
    std::vector<std::string> part = settings;
    part.emplace_back(steps);
    run("parts", part, fs::exists(toy_ / "parts"));
  }
  run("parts", settings, true);
  EXPECT_EQ(last("parts").arrays, last("whole").arrays);
  const auto plain = steps("without");
  const auto balanced = steps("whole");
  for (std::size_t i = 0; i < balanced.size(); ++i) {
    EXPECT_FALSE(plain[i]["own"].contains("profile"));
    EXPECT_EQ(balanced[i]["own"].contains("profile"), i >= 5);
  }
  EXPECT_GT(balanced[5]["own"]["profile"].get<double>(), 0);
  EXPECT_NE(balanced[5]["gradient_norm"]["generator"], plain[5]["gradient_norm"]["generator"]);
}

TEST_F(LayeredTraining, WithoutWeightTheStartsLossEndsWithTheStart) {
  run("a", {"start.weight=0"});
  for (const nlohmann::json& line : steps("a")) {
    EXPECT_EQ(line["own"].contains("likelihood"), !line["own"].contains("spread"));
  }
}

TEST_F(LayeredTraining, TheModelOfACheckpointIsThatOfTheRun) {
  run("a");
  const Model exported = load_model(toy_ / "a" / "last.onnx");
  const Model made = model_from_checkpoint(last("a"), "generator");
  EXPECT_EQ(made.parameters.trainable, exported.parameters.trainable);
}

TEST_F(LayeredTraining, TheCriticIsToldTheCondition) {
  run("a");
  save_model(model_from_checkpoint(last("a"), "discriminator"), toy_ / "critic.onnx");
  Discriminator critic((toy_ / "critic.onnx").string(), 2);
  ASSERT_EQ(critic.conditions().size(), 1u);
  EXPECT_EQ(critic.conditions()[0].name, "energy");
  const ShowerReader reader(toy_ / "showers.h5");
  const ShowerBatch batch = reader.read(0, 7);
  const std::vector<float> low = critic.score(batch.cells, std::vector<float>(7, 10.0f))[0].values;
  const std::vector<float> high =
      critic.score(batch.cells, std::vector<float>(7, 500.0f))[0].values;
  ASSERT_EQ(low.size(), 7u);
  for (std::size_t i = 1; i < 7; ++i) {
    EXPECT_NEAR(high[i] - low[i], high[0] - low[0], 1e-4f) << "it adds the energy to its score";
  }
  EXPECT_NE(low[0], high[0]);
  EXPECT_EQ(test::input_error([&] { critic.score(batch.cells); }),
            "0 numbers are not 1 conditions of 7 showers");
}

TEST_F(LayeredTraining, WhatDoesNotFitIsRefusedBeforeAnythingIsWritten) {
  EXPECT_EQ(refused({"data.scale=2"}),
            "cells are scaled or raised to a power (the layers of the model are drawn in GeV); set "
            "data.scale and data.power to 1");
  EXPECT_EQ(refused({"train.fake_conditions=uniform"}),
            "generated showers have other conditions than those of the data (the generator is told "
            "the layers of Monte Carlo showers); set train.fake_conditions to data");
  EXPECT_EQ(refused({"data.validation=0"}),
            "no showers are held out (the layers of the model 'toy-layers' are learnt until those "
            "are described worse); set data.validation above 0, or give more showers");
  EXPECT_EQ(refused({"generator_losses.width=1"}),
            "the generator has no output 'width' (generator_losses)");
  EXPECT_EQ(refused({"generator_losses.shower=1"}),
            "a loss is asked of the generator's output 'shower' (it has 216 numbers per shower); a "
            "loss is one number");
  EXPECT_EQ(
      refused({"start.output=shower"}),
      "the generator has no output 'shower' of shape (11, 6, 6, 6) (start.output); name such an "
      "output, or leave out the table [start]");
  std::ofstream(toy_ / "model.toml") << test::replaced_once(
      test::replaced_once(test::toy_layered_model, "DETECTOR", (toy_ / "detector.toml").string()),
      "spread = \"spread\" }", "spread = \"spread\", likelihood = \"spread\" }");
  EXPECT_EQ(refused({"generator_losses.likelihood=1"}),
            "an output 'likelihood' is to become small (generator_losses); that is the name of "
            "another loss: rename the output");
}

TEST(ToldLayers, AreThoseOfTheShowersWithAnyNumberOfThreads) {
  const test::ToyLayers toy(5);
  const ModelDefinition definition = load_definition(toy / "model.toml");
  const ShowerReader reader(toy / "showers.h5");
  const ShowerBatch batch = reader.read(0, 5);
  const layers::LayerCode code = layer_code(*definition.layers, batch.grid);
  EXPECT_EQ(code.geometry().layer_weights, (std::vector<double>{1, 1, 1, 2, 2, 2}));
  ThreadTeam one(1);
  ThreadTeam three(3);
  const ToldLayers told = tell_layers(batch, code, one);
  EXPECT_EQ(told.energy, tell_layers(batch, code, three).energy);
  EXPECT_EQ(told.shape, tell_layers(batch, code, three).shape);
  const layers::Layers fourth = code.measure(batch.shower(3));
  for (std::size_t l = 0; l < 6; ++l) {
    EXPECT_EQ(told.energy[3 * 6 + l], static_cast<float>(fourth.energy[l]));
    EXPECT_EQ(told.shape[(3 * 4 + 1) * 6 + l], static_cast<float>(fourth.centre_y[l]));
    EXPECT_EQ(told.shape[(3 * 4 + 2) * 6 + l], static_cast<float>(fourth.width_x[l]));
  }
}

}  // namespace
}  // namespace showergan::gan
