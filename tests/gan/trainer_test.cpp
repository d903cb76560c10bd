#include "gan/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "showergan/generator.hpp"

#include "base/threads.hpp"
#include "gan/recipe.hpp"
#include "gan/trained_model.hpp"
#include "model/model_file.hpp"
#include "store/checkpoint.hpp"
#include "store/checkpoint_folder.hpp"
#include "store/shower_reader.hpp"
#include "support/error_text.hpp"
#include "support/toy_training.hpp"

namespace showergan::gan {
namespace {

using test::failure;
using test::input_error;
using test::ToyTraining;

class TrainerTest : public testing::Test {
 protected:
  TrainOptions options(const std::string& run, const std::vector<std::string>& settings = {}) {
    TrainOptions options;
    options.recipe = load_recipe((toy_ / "recipe.toml").string(), settings);
    options.files = {toy_ / "showers.h5"};
    options.folder = toy_ / run;
    options.quiet = true;
    return options;
  }

  void run(const std::string& name, const std::vector<std::string>& settings = {},
           bool resume = false) {
    TrainOptions training = options(name, settings);
    training.resume = resume;
    train(training);
  }

  std::vector<nlohmann::json> all_lines(const std::string& run) {
    std::ifstream file(toy_ / run / "history.jsonl");
    std::vector<nlohmann::json> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
  }

  /// Steps and epochs.
  std::vector<nlohmann::json> history(const std::string& run) {
    std::vector<nlohmann::json> lines = all_lines(run);
    std::erase_if(lines, [](const nlohmann::json& line) {
      return line["type"] != "step" && line["type"] != "epoch";
    });
    return lines;
  }

  ShowerBatch sample(const std::string& run, const std::string& name) {
    const ShowerReader reader(toy_ / run / "samples" / name);
    return reader.read(0, reader.size());
  }

  Checkpoint last_checkpoint(const std::string& run) {
    return *CheckpointFolder(toy_ / run / "checkpoints", 1).latest([](const std::string& text) {
      FAIL() << text;
    });
  }

  std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  ToyTraining toy_;
};

TEST_F(TrainerTest, ARunLeavesEverythingThatIsPromised) {
  run("a");
  for (const char* name : {"recipe.toml", "history.jsonl", "train.log", "generator.onnx",
                           "last.onnx", "checkpoints/best.h5"}) {
    EXPECT_TRUE(std::filesystem::exists(toy_ / "a" / name)) << name;
  }
  EXPECT_EQ(load_recipe((toy_ / "a" / "recipe.toml").string()), options("b").recipe);
  std::int64_t steps = 0;
  std::int64_t epochs = 0;
  for (const nlohmann::json& line : history("a")) {
    if (line["type"] == "step") {
      EXPECT_EQ(line["step"], ++steps);
      EXPECT_GT(line["gradient_norm"]["generator"], 0.0);
      EXPECT_GT(line["gradient_norm"]["discriminator"], 0.0);
      EXPECT_EQ(line["rate"]["generator"], 0.001);
      EXPECT_EQ(line["real"]["ecal"], 0.0) << "the sum of a Monte Carlo shower is its own target";
      EXPECT_GT(line["fake"]["ecal"], 0.0);
      EXPECT_NEAR(line["fake"]["total"].get<double>(),
                  2 * line["fake"]["generation"].get<double>() +
                      0.1 * line["fake"]["auxiliary"].get<double>() +
                      0.1 * line["fake"]["ecal"].get<double>(),
                  1e-9);
    } else {
      ++epochs;
      EXPECT_EQ(line["epoch"], epochs);
      EXPECT_GT(line["showers_per_s"], 0.0);
      EXPECT_GE(line["waiting"], 0.0);
      EXPECT_TRUE(line["validation"].contains("profile_z_mean"));
    }
  }
  EXPECT_EQ(epochs, 3);
  EXPECT_EQ(steps, last_checkpoint("a").counters.at("step"));
}

TEST_F(TrainerTest, StartAndEndOfEveryProcessAreInTheHistory) {
  run("a", {"train.steps=5"});
  run("a", {"train.steps=7"}, true);
  std::vector<nlohmann::json> told = all_lines("a");
  std::erase_if(told, [](const nlohmann::json& line) {
    return line["type"] != "start" && line["type"] != "end";
  });
  ASSERT_EQ(told.size(), 4U);
  const Checkpoint last = last_checkpoint("a");
  for (const std::size_t i : {0U, 2U}) {
    EXPECT_EQ(told[i]["type"], "start");
    EXPECT_EQ(told[i]["step"], i == 0 ? 0 : 5);
    EXPECT_EQ(told[i]["total_steps"], i == 0 ? 5 : 7);
    EXPECT_EQ(told[i]["showers"], last.counters.at("data/showers"));
    EXPECT_EQ(told[i]["held_out"], last.counters.at("data/validation"));
    EXPECT_EQ(told[i]["steps_per_epoch"], (last.counters.at("data/showers") + 15) / 16);
    EXPECT_EQ(told[i + 1]["type"], "end");
    EXPECT_EQ(told[i + 1]["step"], i == 0 ? 5 : 7);
    EXPECT_EQ(told[i + 1]["state"], "done");
    EXPECT_GE(told[i + 1]["time"], told[i]["time"]);
  }
}

TEST_F(TrainerTest, TheTimeOfAValidationIsTold) {
  run("a", {"train.epochs=2", "validation.every=2"});
  const std::vector<nlohmann::json> lines = history("a");
  std::size_t validated = 0;
  for (const nlohmann::json& line : lines) {
    EXPECT_EQ(line.contains("validation_s"), line.contains("validation"));
    if (!line.contains("validation_s")) continue;
    ++validated;
    EXPECT_GT(line["validation_s"], 0.0);
  }
  EXPECT_EQ(validated, 1U);
  EXPECT_NE(text_of(toy_ / "a" / "train.log").find(" s)\n"), std::string::npos);
}

TEST_F(TrainerTest, EveryEpochLeavesTheSameFewShowers) {
  run("whole");
  run("pieces", {"train.steps=20"});  // in the second epoch
  const ShowerBatch early = sample("pieces", "epoch-00002.h5");
  std::filesystem::copy(toy_ / "pieces" / "samples" / "epoch-00002.h5",
                        toy_ / "pieces" / "samples" / "epoch-00009.h5");
  run("pieces", {}, true);
  EXPECT_FALSE(std::filesystem::exists(toy_ / "pieces" / "samples" / "epoch-00009.h5"))
      << "of an epoch that is not there any more";
  const ShowerBatch monte_carlo = sample("whole", "monte-carlo.h5");
  ASSERT_EQ(monte_carlo.size(), 3);
  EXPECT_LT(monte_carlo.energy[0], monte_carlo.energy[1]);
  EXPECT_LT(monte_carlo.energy[1], monte_carlo.energy[2]);
  for (const char* name : {"epoch-00001.h5", "epoch-00002.h5", "epoch-00003.h5"}) {
    EXPECT_EQ(sample("whole", name).energy, monte_carlo.energy);
    EXPECT_EQ(sample("whole", name).cells, sample("pieces", name).cells) << name;
  }
  EXPECT_NE(early.cells, sample("pieces", "epoch-00002.h5").cells) << "the epoch has ended since";
  EXPECT_NE(sample("whole", "epoch-00001.h5").cells, sample("whole", "epoch-00003.h5").cells);

  // A user gets the same from the model.
  std::vector<float> cells(3 * 216);
  std::vector<Condition> conditions;
  for (const float energy : monte_carlo.energy) conditions.push_back({energy});
  Generator((toy_ / "whole" / "last.onnx").string()).generate(conditions, 5, 0, cells);
  for (float& cell : cells) cell = cell < 1e-6f ? 0 : cell;
  EXPECT_EQ(cells, sample("whole", "epoch-00003.h5").cells);
}

TEST_F(TrainerTest, TheLastPartialBatchOfAnEpochCounts) {
  run("a", {"train.epochs=1", "train.batch=17"});
  std::int64_t showers = 0;
  std::int64_t smallest = std::numeric_limits<std::int64_t>::max();
  for (const nlohmann::json& line : history("a")) {
    if (line["type"] != "step") continue;
    showers += line["showers"].get<std::int64_t>();
    smallest = std::min(smallest, line["showers"].get<std::int64_t>());
  }
  EXPECT_EQ(showers, last_checkpoint("a").counters.at("data/showers"));
  EXPECT_LT(smallest, 17) << "the test wants a batch that is not full";
}

TEST_F(TrainerTest, TheMemoryOfShowersAndNetworksIsSaid) {
  run("a", {"train.epochs=1"});
  const std::string log = text_of(toy_ / "a" / "train.log");
  const std::size_t showers = log.find(" MB for showers, ");
  ASSERT_NE(showers, std::string::npos) << log;
  const std::string networks = log.substr(showers + 17);
  EXPECT_GT(std::stoi(networks), 0) << networks;
  EXPECT_NE(networks.find(" MB for the networks"), std::string::npos) << networks;
}

TEST_F(TrainerTest, FaintShowersAreLeftOutAndSaidToBe) {
  const std::vector<std::string> settings = {"data.least_sum=4", "train.epochs=2"};
  run("a", {"train.epochs=2"});
  run("b", settings);
  const Checkpoint all = last_checkpoint("a");
  const Checkpoint bright = last_checkpoint("b");
  const std::int64_t left_out =
      300 - bright.counters.at("data/showers") - bright.counters.at("data/validation");
  EXPECT_GT(left_out, 50);
  EXPECT_LT(bright.counters.at("data/showers"), all.counters.at("data/showers"));
  EXPECT_LT(bright.counters.at("data/validation"), all.counters.at("data/validation"));
  const std::string log = text_of(toy_ / "b" / "train.log");
  EXPECT_NE(log.find(std::to_string(left_out) + " showers below 4 GeV left out"), std::string::npos)
      << log;
  auto part = settings;
  part.push_back("train.steps=5");
  run("c", part);
  run("c", settings, true);
  EXPECT_EQ(bright.arrays, last_checkpoint("c").arrays);
  EXPECT_NE(input_error([&] {
              run("b", {"data.least_sum=3", "train.epochs=3"}, true);
            }).find("[data] least_sum = 3 instead of least_sum = 4"),
            std::string::npos);
}

TEST_F(TrainerTest, StepsEndATrainingWithinAnEpoch) {
  run("a", {"train.steps=13"});
  EXPECT_EQ(last_checkpoint("a").counters.at("step"), 13);
  EXPECT_TRUE(history("a").back().contains("validation")) << "the end is validated";
}

TEST_F(TrainerTest, TheSameSeedGivesTheSameWeightsAndAnotherSeedOthers) {
  run("a");
  run("b");
  run("c", {"train.seed=6"});
  EXPECT_EQ(last_checkpoint("a").arrays, last_checkpoint("b").arrays);
  EXPECT_NE(last_checkpoint("a").arrays, last_checkpoint("c").arrays);
}

TEST_F(TrainerTest, PinnedThreadsGiveTheSameWeights) {
  const std::vector<std::string> settings = {"train.threads=1", "train.steps=3"};
  run("a", settings);
  TrainOptions pinned = options("b", settings);
  pinned.pin = true;
  train(pinned);
  EXPECT_EQ(last_checkpoint("a").arrays, last_checkpoint("b").arrays);
}

TEST_F(TrainerTest, ItGoesOnWhereItStoppedBitForBit) {
  const std::vector<std::string> settings = {"train.average=0.9", "generator.optimizer=adam",
                                             "data.symmetries=all", "generator.warm_up=1.5"};
  run("a", settings);
  auto part = settings;
  part.push_back("train.steps=7");
  run("b", part);
  part.back() = "train.steps=15";
  run("b", part, true);
  run("b", settings, true);
  EXPECT_EQ(last_checkpoint("a").arrays, last_checkpoint("b").arrays);
  const auto whole = history("a");
  const auto pieces = history("b");
  const auto steps = [](const std::vector<nlohmann::json>& lines) {
    std::vector<std::pair<std::int64_t, double>> losses;
    for (const auto& line : lines) {
      if (line["type"] == "step") losses.emplace_back(line["step"], line["generator"]["total"]);
    }
    return losses;
  };
  EXPECT_EQ(steps(whole), steps(pieces));
}

TEST_F(TrainerTest, ADamagedCheckpointIsToldAndTheOneBeforeItUsed) {
  run("a", {"train.epochs=2", "checkpoints.every=5"});
  const auto files = CheckpointFolder(toy_ / "a" / "checkpoints", 3).list();
  ASSERT_GE(files.size(), 2U);
  std::filesystem::resize_file(files.back(), std::filesystem::file_size(files.back()) / 2);
  run("a", {"checkpoints.every=5"}, true);
  run("b");
  EXPECT_EQ(last_checkpoint("a").arrays, last_checkpoint("b").arrays);
  EXPECT_NE(text_of(toy_ / "a" / "train.log").find("warning: "), std::string::npos);
}

TEST_F(TrainerTest, TheWarmUpReallyChangesTheRate) {
  run("a", {"generator.warm_up=2", "train.epochs=3"});
  double before = 0;
  double last = 0;
  for (const nlohmann::json& line : history("a")) {
    if (line["type"] != "step") continue;
    last = line["rate"]["generator"];
    if (line["epoch"] < 2) {
      EXPECT_GT(last, before);
    }
    before = last;
  }
  EXPECT_EQ(last, 0.001);
}

TEST_F(TrainerTest, ACosineSpansTheTrainingWhetherItIsInterruptedOrNot) {
  const std::vector<std::string> settings = {"generator.schedule=cosine", "checkpoints.every=4"};
  const auto rates = [&](const std::string& name) {
    std::vector<double> values;
    for (const nlohmann::json& line : history(name)) {
      if (line["type"] == "step") values.push_back(line["rate"]["generator"]);
    }
    return values;
  };
  run("a", settings);
  const std::vector<double> whole = rates("a");
  const auto steps = static_cast<double>(whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const double part = static_cast<double>(i) / steps;
    EXPECT_NEAR(whole[i], 0.001 * (1 + std::cos(std::acos(-1.0) * part)) / 2, 1e-12);
  }
  // What a process that is killed after 8 steps and a few more leaves behind.
  run("b", settings);
  const CheckpointFolder checkpoints(toy_ / "b" / "checkpoints", 3);
  const auto files = checkpoints.list();
  ASSERT_GE(files.size(), 2U);
  std::filesystem::remove(files.back());
  run("b", settings, true);
  EXPECT_EQ(rates("b"), whole);
  EXPECT_EQ(last_checkpoint("a").arrays, last_checkpoint("b").arrays);

  auto longer = settings;
  longer.push_back("train.epochs=4");
  EXPECT_NE(input_error([&] {
              run("b", longer, true);
            }).find("another recipe ([train] epochs = 4 instead of epochs = 3)"),
            std::string::npos);
  auto fixed = settings;
  fixed.push_back("generator.schedule.epochs=3");
  run("c", fixed);
  EXPECT_EQ(rates("c"), whole);
  fixed.push_back("train.epochs=4");
  run("c", fixed, true);
  EXPECT_NEAR(rates("c").back(), 0, 1e-12);
}

TEST_F(TrainerTest, AValidationThatDidNotEndIsMadeUpFor) {
  for (const std::string epochs : {"2", "3"}) {  // in the midst of the training, and at its end
    const std::string name = "a" + epochs;
    run(name, {"train.epochs=" + epochs});
    const std::vector<nlohmann::json> before = history(name);
    // What is left of a process that was killed between the checkpoint and the end of the epoch.
    std::ofstream file(toy_ / name / "history.jsonl", std::ios::trunc);
    for (std::size_t i = 0; i + 1 < before.size(); ++i) file << before[i].dump() << "\n";
    file.close();
    std::filesystem::remove(toy_ / name / "generator.onnx");
    run(name, {}, true);
    const std::vector<nlohmann::json> after = history(name);
    ASSERT_GE(after.size(), before.size());
    const nlohmann::json& made_up = after[before.size() - 1];
    EXPECT_EQ(made_up["type"], "epoch");
    EXPECT_FALSE(made_up.contains("showers_per_s"));
    for (const char* key : {"step", "epoch", "validation", "floor", "figure", "best"}) {
      EXPECT_EQ(made_up[key], before.back()[key]) << key;
    }
    EXPECT_EQ(std::filesystem::exists(toy_ / name / "generator.onnx"),
              std::ranges::any_of(std::span(after).subspan(before.size() - 1),
                                  [](const auto& line) { return line.value("best", false); }));
    EXPECT_NE(text_of(toy_ / name / "train.log").find("); validation "), std::string::npos);
  }
  run("a2", {}, true);
  EXPECT_EQ(
      std::ranges::count_if(history("a2"), [](const auto& l) { return l["type"] == "epoch"; }), 3)
      << "nothing is made up for twice";
  EXPECT_EQ(last_checkpoint("a2").arrays, last_checkpoint("a3").arrays);
}

TEST_F(TrainerTest, TheModelFileIsTheGeneratorInGev) {
  run("a", {"train.epochs=1"});
  const Checkpoint checkpoint = last_checkpoint("a");
  const Model model = load_model(toy_ / "a" / "last.onnx");
  EXPECT_EQ(model.parameters.trainable, checkpoint.arrays.at("generator/trainable"));
  EXPECT_EQ(model.parameters.statistics, checkpoint.arrays.at("generator/statistics"));
  EXPECT_EQ(model.card.detector, "toy");
  EXPECT_NE(model.card.facts.find("\"seed\":5"), std::string::npos) << model.card.facts;

  // data.scale is undone: ten times the scale gives a tenth of the energy from the same weights.
  save_model(model_from_checkpoint(checkpoint, "generator"), toy_ / "one.onnx");
  Checkpoint other = checkpoint;
  std::string& recipe = other.texts.at("recipe");
  const std::string scale = "scale = 10";
  ASSERT_NE(recipe.find(scale), std::string::npos) << recipe;
  recipe.replace(recipe.find(scale), scale.size(), "scale = 100");
  save_model(model_from_checkpoint(other, "generator"), toy_ / "ten.onnx");
  const std::vector<Condition> conditions(3, Condition{100});
  std::vector<float> one(3 * 216);
  std::vector<float> ten(3 * 216);
  Generator((toy_ / "one.onnx").string()).generate(conditions, 1, 0, one);
  Generator((toy_ / "ten.onnx").string()).generate(conditions, 1, 0, ten);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], 10 * ten[i], 1e-5f * one[i]);
}

TEST_F(TrainerTest, TheMovingAverageIsWhatIsExported) {
  run("a", {"train.epochs=1", "train.average=0.99"});
  const Checkpoint checkpoint = last_checkpoint("a");
  const Model model = load_model(toy_ / "a" / "last.onnx");
  EXPECT_EQ(model.parameters.trainable, checkpoint.arrays.at("average/trainable"));
  const Model last = model_from_checkpoint(checkpoint, "generator", Weights::last);
  EXPECT_EQ(last.parameters.trainable, checkpoint.arrays.at("generator/trainable"));
  EXPECT_NE(last.parameters.trainable, model.parameters.trainable);
  EXPECT_NE(model.parameters.trainable, checkpoint.arrays.at("generator/trainable"));
}

TEST_F(TrainerTest, DivergenceStopsTheRunAndKeepsTheLastGoodCheckpoint) {
  // A shower whose sum is beyond float32: the step that meets it gives what is not a number.
  ShowerBatch batch;
  batch.grid = {6, 6, 6};
  batch.energy.assign(50, 100.0f);
  batch.cells.assign(50 * 216, 0.01f);
  std::ranges::fill(batch.shower(20), 3e38f);
  ShowerWriter writer(toy_ / "poison.h5", batch.grid);
  writer.write(batch);
  writer.finish();
  TrainOptions training =
      options("a", {"checkpoints.every=1", "data.validation=0", "train.batch=4"});
  training.files.push_back(toy_ / "poison.h5");
  const std::string text = failure([&] { train(training); });
  EXPECT_NE(text.find("the training diverged in step "), std::string::npos) << text;
  const std::vector<nlohmann::json> lines = history("a");
  EXPECT_EQ(all_lines("a").back()["type"], "end");
  EXPECT_EQ(all_lines("a").back()["state"], "diverged");
  EXPECT_EQ(all_lines("a").back()["text"], text);
  EXPECT_NE(text_of(toy_ / "a" / "train.log").find("diverged: " + text), std::string::npos);
  ASSERT_GT(lines.size(), 1U) << "the test wants the poison later than in the first step";
  const Checkpoint last = last_checkpoint("a");
  EXPECT_EQ(last.counters.at("step"), lines.back()["step"].get<std::int64_t>() - 1);
  for (const auto& [name, values] : last.arrays) {
    EXPECT_TRUE(std::ranges::all_of(values, [](float x) { return std::isfinite(x); })) << name;
  }
}

TEST_F(TrainerTest, TheBestGeneratorIsThatOfTheLeastFigure) {
  run("a", {"train.epochs=6", "generator.rate=0.01"});
  double least = std::numeric_limits<double>::infinity();
  std::int64_t step = 0;
  for (const nlohmann::json& line : history("a")) {
    if (line["type"] != "epoch") continue;
    ASSERT_TRUE(line["figure"].is_number()) << line.dump();
    const double figure = line["figure"];
    EXPECT_EQ(line["best"], figure < least);
    EXPECT_DOUBLE_EQ(figure, line["validation"]["profile_x_mean"].get<double>() +
                                 line["validation"]["profile_z_mean"].get<double>());
    if (figure < least) step = line["step"];
    least = std::min(least, figure);
  }
  const Checkpoint best = read_checkpoint(toy_ / "a" / "checkpoints" / "best.h5");
  EXPECT_EQ(best.counters.at("step"), step);
  EXPECT_EQ(best.numbers.at("best_figure"), least);
  EXPECT_EQ(load_model(toy_ / "a" / "generator.onnx").parameters.trainable,
            best.arrays.at("generator/trainable"));
}

TEST_F(TrainerTest, AsLongAsTheFigureIsNoNumberTheLatestGeneratorIsTheBest) {
  const std::vector<std::string> few = {"data.validation=0.02",
                                        "validation.metrics=[\"moments_shift\"]"};
  run("a", few);
  EXPECT_EQ(history("a").back()["figure"], "nan") << "the test wants too few showers";
  EXPECT_EQ(load_model(toy_ / "a" / "generator.onnx").parameters.trainable,
            load_model(toy_ / "a" / "last.onnx").parameters.trainable);
  EXPECT_NE(text_of(toy_ / "a" / "train.log").find("moments_shift has no value"),
            std::string::npos);
}

TEST_F(TrainerTest, AnotherValidationLooksForTheBestAnew) {
  run("a", {"train.epochs=1"});
  run("a", {"train.epochs=2", "validation.metrics=[\"profile_tail\"]"}, true);
  EXPECT_TRUE(history("a").back()["best"].get<bool>());
}

TEST_F(TrainerTest, FilesInAnotherOrderAreOtherShowers) {
  test::write_toy_showers(toy_ / "more.h5", 300, 2);
  TrainOptions training = options("a", {"train.epochs=1"});
  training.files = {toy_ / "showers.h5", toy_ / "more.h5"};
  train(training);
  std::swap(training.files[0], training.files[1]);
  training.resume = true;
  EXPECT_NE(input_error([&] { train(training); }).find("the checkpoint is of other showers"),
            std::string::npos);
  training.files = {toy_ / "showers.h5", toy_ / "showers.h5"};
  EXPECT_NE(input_error([&] { train(training); }).find("is given twice"), std::string::npos);
}

TEST_F(TrainerTest, WhenAModelCannotBeWrittenTheEpochIsKept) {
  std::filesystem::create_directories(toy_ / "a" / "last.onnx" / "in the way");
  EXPECT_NE(input_error([&] { run("a", {}, true); }).find("last.onnx"), std::string::npos);
  EXPECT_EQ(last_checkpoint("a").counters.at("step"), history("a").back()["step"]);
  EXPECT_EQ(all_lines("a").back()["state"], "failed");
}

TEST_F(TrainerTest, ACollapsedGeneratorStopsTheRun) {
  // relu instead of softplus, and weights that make every cell negative: empty images for ever.
  std::string model = test::toy_model;
  model.replace(model.find("softplus"), 8, "relu");
  std::ofstream(toy_ / "model.toml") << model;
  run("a", {"train.epochs=1"});
  Checkpoint dead = last_checkpoint("a");
  auto& weights = dead.arrays.at("generator/trainable");
  weights.back() = -1e6f;  // the bias of the last convolution
  const std::int64_t step = dead.counters.at("step");
  CheckpointFolder(toy_ / "a" / "checkpoints", 3).save(step, dead);
  TrainOptions training = options("a", {"train.patience=4"});
  training.resume = true;
  const std::string text = failure([&] { train(training); });
  EXPECT_NE(text.find("the training collapsed: empty images for 4 steps"), std::string::npos)
      << text;
  EXPECT_EQ(last_checkpoint("a").counters.at("step"), step);
}

TEST_F(TrainerTest, WhatDoesNotFitIsRefusedBeforeAnythingIsWritten) {
  TrainOptions other = options("a", {"model=3dgan"});
  EXPECT_NE(input_error([&] { train(other); }).find("6×6×6"), std::string::npos);
  other = options("a");
  other.files = {toy_ / "missing.h5"};
  EXPECT_NE(input_error([&] { train(other); }).find("missing.h5"), std::string::npos);
  other = options("a", {"train.threads=" + std::to_string(available_cores() + 1)});
  other.pin = true;
  EXPECT_NE(input_error([&] { train(other); }).find("cannot be pinned"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(toy_ / "a"));
}

TEST_F(TrainerTest, ShowersWithoutTheAngleThatTheModelIsToldAreRefused) {
  std::string model = test::toy_model;
  const std::string range = "range = [10, 500]\n";
  model.insert(model.find(range) + range.size(),
               "[[conditions]]\nname = \"theta\"\nrange = [1, 2]\n");
  const auto replace = [&](const std::string& from, const std::string& to) {
    model.replace(model.find(from), from.size(), to);
  };
  replace("name = \"condition\", shape = [1]", "name = \"condition\", shape = [2]");
  replace("shape = [8]", "shape = [2]");
  std::ofstream(toy_ / "model.toml") << model;
  const TrainOptions training = options("a");
  EXPECT_NE(input_error([&] { train(training); }).find("the showers have no 'theta'"),
            std::string::npos)
      << input_error([&] { train(training); });
}

TEST_F(TrainerTest, AFolderIsForOneTraining) {
  run("a", {"train.epochs=1"});
  EXPECT_NE(input_error([&] { run("a"); }).find("already holds a training"), std::string::npos);
  EXPECT_NE(input_error([&] { run("a", {"generator.rate=0.5"}, true); })
                .find("the checkpoint is of another recipe ([generator] rate = 0.5 instead of rate "
                      "= 0.001)"),
            std::string::npos)
      << input_error([&] { run("a", {"generator.rate=0.5"}, true); });
  test::write_toy_showers(toy_ / "more.h5", 50);
  TrainOptions training = options("a");
  training.files.push_back(toy_ / "more.h5");
  training.resume = true;
  EXPECT_NE(input_error([&] { train(training); }).find("the checkpoint is of other showers"),
            std::string::npos);
  std::ofstream(toy_ / "file") << "x";
  EXPECT_NE(input_error([&] { run("file"); }).find("cannot make the folder"), std::string::npos);
}

TEST_F(TrainerTest, ResumingNothingStartsFromTheBeginning) {
  run("a", {"train.epochs=1"}, true);
  run("b", {"train.epochs=1"});
  EXPECT_EQ(last_checkpoint("a").arrays, last_checkpoint("b").arrays);
}

TEST_F(TrainerTest, WithoutAValidationPartTheLatestGeneratorIsTheBest) {
  run("a", {"train.epochs=1", "data.validation=0"});
  EXPECT_TRUE(text_of(toy_ / "a" / "generator.onnx") == text_of(toy_ / "a" / "last.onnx"));
  EXPECT_FALSE(std::filesystem::exists(toy_ / "a" / "checkpoints" / "best.h5"));
}

}  // namespace
}  // namespace showergan::gan
