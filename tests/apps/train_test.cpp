#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "apps/command_line.hpp"
#include "apps/running_command.hpp"
#include "store/checkpoint.hpp"
#include "store/checkpoint_folder.hpp"
#include "support/toy_training.hpp"

namespace showergan::test {
namespace {

Checkpoint last_checkpoint(const ToyTraining& toy, const std::string& run) {
  return *CheckpointFolder(toy / run / "checkpoints", 1).latest([](const std::string& text) {
    FAIL() << text;
  });
}

TEST(TrainCommand, KilledAtRandomPointsItGivesTheSameWeights) {
  const ToyTraining toy(400);
  const std::vector<std::string> settings = {"train.epochs=6", "checkpoints.every=3",
                                             "train.average=0.9"};
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(TrainProcess(toy, "whole", false, settings).wait(), 0);
  const double whole =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  std::mt19937 random(7);
  std::uniform_real_distribution<double> moment(0.0, 0.9 * whole);
  int killed = 0;
  int status = 128 + SIGKILL;
  while (killed < 20 || status != 0) {
    TrainProcess process(toy, "pieces", true, settings);
    if (killed < 20) {
      std::this_thread::sleep_for(std::chrono::duration<double>(moment(random)));
      process.signal(SIGKILL);
    }
    status = process.wait();
    if (status == 128 + SIGKILL) {
      ++killed;
      continue;
    }
    ASSERT_EQ(status, 0) << process.said();
    // It came to its end before the moment: the next one starts again.
    if (killed < 20) {
      EXPECT_EQ(last_checkpoint(toy, "whole").arrays, last_checkpoint(toy, "pieces").arrays);
      std::filesystem::remove_all(toy / "pieces");
    }
  }
  EXPECT_EQ(last_checkpoint(toy, "whole").arrays, last_checkpoint(toy, "pieces").arrays);
}

TEST(TrainCommand, SignalsToStopSaveFirst) {
  for (const int number : {SIGINT, SIGTERM}) {
    const ToyTraining toy(400);
    TrainProcess process(toy, "a", false, {"train.epochs=1000", "train.batch=8"});
    ASSERT_TRUE(wait_until([&] { return lines(toy / "a" / "history.jsonl") > 3; }));
    process.signal(number);
    EXPECT_EQ(process.wait(), 1);
    EXPECT_NE(process.said().find("showergan: interrupted after step "), std::string::npos)
        << process.said();
    EXPECT_NE(process.said().find("go on with --resume"), std::string::npos);
    std::int64_t step = 0;
    std::ifstream history(toy / "a" / "history.jsonl");
    for (std::string line; std::getline(history, line);) {
      if (line.find("\"type\":\"step\"") != std::string::npos) ++step;
    }
    EXPECT_EQ(last_checkpoint(toy, "a").counters.at("step"), step);
  }
}

TEST(TrainCommand, AValidationIsStoppedAndMadeUpFor) {
  const ToyTraining toy(12000);
  const std::vector<std::string> settings = {"train.epochs=2", "train.batch=400",
                                             "data.validation=0.9", "validation.showers=12000"};
  ASSERT_EQ(TrainProcess(toy, "whole", false, settings).wait(), 0);
  TrainProcess process(toy, "pieces", false, settings);
  // Written right before the validation.
  ASSERT_TRUE(wait_until([&] { return std::filesystem::exists(toy / "pieces" / "last.onnx"); }));
  process.signal(SIGTERM);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(process.wait(), 1);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  const std::int64_t steps = last_checkpoint(toy, "whole").counters.at("step");
  const std::string told =
      "interrupted after step " + std::to_string(steps / 2) + " of " + std::to_string(steps) + " (";
  EXPECT_NE(process.said().find(told), std::string::npos) << process.said();
  const auto epochs = [&](const std::string& run) {
    std::vector<std::string> found;
    std::ifstream history(toy / run / "history.jsonl");
    for (std::string line; std::getline(history, line);) {
      const std::size_t figure = line.find("\"validation\"");
      const std::size_t seconds = line.find(",\"validation_s\"");  // differ from run to run
      if (figure != std::string::npos) found.push_back(line.substr(figure, seconds - figure));
    }
    return found;
  };
  EXPECT_EQ(epochs("pieces").size(), 0U);
  ASSERT_EQ(TrainProcess(toy, "pieces", true, settings).wait(), 0);
  EXPECT_EQ(epochs("pieces"), epochs("whole"));
  EXPECT_EQ(epochs("pieces").size(), 2U);
  EXPECT_EQ(last_checkpoint(toy, "pieces").arrays, last_checkpoint(toy, "whole").arrays);
}

TEST(TrainCommand, ARequestToSaveIsDoneAndTheTrainingGoesOn) {
  const ToyTraining toy(400);
  TrainProcess process(toy, "a", false, {"train.epochs=1000", "train.batch=2"});
  ASSERT_TRUE(wait_until([&] { return lines(toy / "a" / "history.jsonl") > 3; }));
  process.signal(SIGUSR1);
  const CheckpointFolder checkpoints(toy / "a" / "checkpoints", 3);
  ASSERT_TRUE(wait_until([&] { return !checkpoints.list().empty(); }));
  const std::int64_t before = lines(toy / "a" / "history.jsonl");
  EXPECT_TRUE(wait_until([&] { return lines(toy / "a" / "history.jsonl") > before; }));
  process.signal(SIGTERM);
  EXPECT_EQ(process.wait(), 1);
}

TEST(TrainCommand, TwoProcessesNeverTrainInOneFolder) {
  const ToyTraining toy(400);
  TrainProcess first(toy, "a", false, {"train.epochs=1000"});
  ASSERT_TRUE(wait_until([&] { return lines(toy / "a" / "history.jsonl") > 0; }));
  const CommandResult second = run_showergan(toy.arguments("a") + " --resume");
  EXPECT_EQ(second.status, 2);
  EXPECT_NE(second.errors.find("another process trains in"), std::string::npos) << second.errors;
}

TEST(TrainCommand, AFullDiskIsOneLineAndTheEarlierCheckpointStays) {
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q --set train.epochs=1").status, 0);
  const Checkpoint before = last_checkpoint(toy, "a");
  // In blocks of 512 bytes or 1 KiB: too few for a checkpoint, enough for a line of the history.
  const CommandResult full = run_showergan(toy.arguments("a") + " -q --resume", "ulimit -f 24;");
  EXPECT_EQ(full.status, 1);
  EXPECT_EQ(std::count(full.errors.begin(), full.errors.end(), '\n'), 1) << full.errors;
  EXPECT_EQ(last_checkpoint(toy, "a").arrays, before.arrays);
}

TEST(TrainCommand, BadInputIsOneLineAndExitStatusTwo) {
  const ToyTraining toy;
  std::ofstream(toy / "broken.toml") << "model = [";
  std::ofstream(toy / "foreign.h5") << "not HDF5";
  const std::string data = "' --data '" + (toy / "showers.h5").string() + "' ";
  const std::string out = "-o '" + (toy / "run").string() + "' ";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"train nothing" + data.substr(1) + out, "nothing"},
      {"train '" + (toy / "broken.toml").string() + data + out, "broken.toml"},
      {"train '" + (toy / "recipe.toml").string() + "' --data '" + (toy / "foreign.h5").string() +
           "' " + out,
       "foreign.h5"},
      {toy.arguments("run") + " --set train.bacth=3", "bacth"},
      {toy.arguments("run") + " --set train.batch=0", "batch"},
      {toy.arguments("run") + " --set generator.rate=-1", "rate"},
      {toy.arguments("run") + " --set losses.generation.loss=love", "love"},
      {toy.arguments("run") + " --set data.validation=1.5", "validation"},
      {"train '" + (toy / "recipe.toml").string() + "' " + out, "--data"},
  };
  for (const auto& [arguments, word] : cases) {
    const CommandResult result = run_showergan(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_NE(result.errors.find(word), std::string::npos) << result.errors;
    EXPECT_FALSE(std::filesystem::exists(toy / "run")) << arguments;
  }
}

TEST(TrainCommand, TheBenchmarkTakesBatchAndThreadsOfTheRecipe) {
  const ToyTraining toy;
  const std::string bench = "bench train '" + (toy / "recipe.toml").string() + "' -r 1";
  const auto told = [&](const std::string& options) {
    const CommandResult result = run_showergan(bench + options);
    EXPECT_EQ(result.status, 0) << result.errors;
    const std::size_t begin = result.output.find("batch ");
    return result.output.substr(begin, result.output.find(", f32") - begin);
  };
  EXPECT_EQ(told(""), "batch 16, 2 threads");
  EXPECT_EQ(told(" --set train.batch=5 --set train.threads=1"), "batch 5, 1 thread");
  EXPECT_EQ(told(" --set train.batch=5 -b 3 -t 1"), "batch 3, 1 thread");
  EXPECT_NE(run_showergan("bench train --help").output.find("train.batch"), std::string::npos);
}

TEST(TrainCommand, ACheckpointBecomesAModel) {
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q --set train.epochs=1").status, 0);
  const std::string best = (toy / "a" / "checkpoints" / "best.h5").string();
  const std::string generator = (toy / "generator.onnx").string();
  const std::string critic = (toy / "critic.onnx").string();
  EXPECT_EQ(run_showergan("convert '" + best + "' '" + generator + "'").status, 0);
  EXPECT_EQ(run_showergan("convert '" + best + "' '" + critic + "' --part discriminator").status,
            0);
  const std::string showers = (toy / "generated.h5").string();
  const CommandResult generated =
      run_showergan("generate '" + generator + "' -n 5 --energy 100 -o '" + showers + "'");
  EXPECT_EQ(generated.status, 0) << generated.errors;
  const CommandResult scores = run_showergan("score '" + critic + "' '" + showers + "' -o '" +
                                             (toy / "scores.h5").string() + "'");
  EXPECT_EQ(scores.status, 0) << scores.errors;
  const CommandResult told = run_showergan("inspect '" + best + "'");
  EXPECT_EQ(told.status, 0);
  EXPECT_NE(told.output.find("generator/trainable"), std::string::npos) << told.output;
  const Checkpoint checkpoint = read_checkpoint(best);
  const std::int64_t size = checkpoint.counters.at("data/showers");
  const auto has = [&](const std::string& name, const std::string& text) {
    const std::string line = "\n  " + name + std::string(20 - name.size(), ' ') + text;
    EXPECT_NE(told.output.find(line), std::string::npos) << line << "\n" << told.output;
  };
  has("model", (toy / "model.toml").string() + "\n");
  has("step", std::to_string((size + 15) / 16) + "\n");
  has("epoch", "1\n");
  has("showers seen", std::to_string(size) + "\n");
  has("best validation", "");
  has("generator", "3 arrays, ");
  EXPECT_EQ(told.output.find("none yet"), std::string::npos);
}

TEST(TrainCommand, ACheckpointHoldsItsOwnArchitecture) {
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q --set train.steps=1").status, 0);
  const std::string best = (toy / "a" / "checkpoints" / "best.h5").string();
  const std::string model = (toy / "model.onnx").string();
  const CommandResult result =
      run_showergan("convert '" + best + "' '" + model + "' --architecture 3dgan");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.errors, "showergan: --architecture is not for a checkpoint (" + best +
                               "); leave it out: a checkpoint holds its own architecture\n");
  EXPECT_FALSE(std::filesystem::exists(model));
}

}  // namespace
}  // namespace showergan::test
