// Timings as a user asks for them: what they print and refuse, not how fast anything is.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "showergan/precision.hpp"

#include "apps/command_line.hpp"

namespace showergan {
namespace {

using Json = nlohmann::json;
using test::CommandResult;
using test::run_showergan;

Json json_of(const std::string& arguments) {
  const CommandResult result = run_showergan("bench " + arguments + " --json");
  EXPECT_EQ(result.status, 0) << result.errors;
  return result.status == 0 ? Json::parse(result.output) : Json();
}

TEST(Bench, GenerateComparesWithTheMachine) {
  const Json result = json_of("generate --model 3dgan -b 2 -t 1 -r 1");
  for (const char* key : {"ms_per_shower_median", "showers_per_s", "gflop_per_shower", "gflops",
                          "machine_convolution_gflops", "peak_fraction"}) {
    EXPECT_GT(result.at(key).get<double>(), 0) << key;
  }
  EXPECT_EQ(result.at("model"), "3dgan");
  EXPECT_EQ(result.at("precision"), "f32");
  EXPECT_NEAR(result.at("gflop_per_shower").get<double>(), 0.511, 0.001);
}

TEST(Bench, LayersOfATrainingShowEveryDirection) {
  const Json result = json_of("layers 3dgan --part discriminator --train -r 1");
  EXPECT_EQ(result.at("mode"), "train");
  EXPECT_GT(result.at("machine_copy_gb_per_s").get<double>(), 0);
  std::string directions;
  for (const Json& row : result.at("layers")) {
    EXPECT_GT(row.at("ms_per_shower").get<double>(), 0);
    if (row.at("layer") != "conv3d_6") continue;
    directions += row.at("direction").get<std::string>() + " ";
    EXPECT_EQ(row.at("multiply_adds"), 500000000);
    EXPECT_GT(row.at("megabytes").get<double>(), 2);
  }
  EXPECT_EQ(directions, "forward data weights ");
}

TEST(Bench, LayersOfAModelAreATable) {
  const CommandResult result = run_showergan("bench layers first-light -r 1");
  EXPECT_EQ(result.status, 0) << result.errors;
  for (const char* part : {"of peak", "This machine, one thread", "Most time: "}) {
    EXPECT_NE(result.output.find(part), std::string::npos) << part << result.output;
  }
}

TEST(Bench, TheOptionDecidesAboutThePrecisionOfATraining) {
  const std::string step = "train 3dgan -b 1 -t 1 -r 1 ";
  const std::string lower = has_instructions(Precision::bf16) ? "bf16" : "f32";
  EXPECT_EQ(json_of(step + "--set train.precision=bf16").at("precision"), lower);
  EXPECT_EQ(json_of(step + "--set train.precision=bf16 -p f32").at("precision"), "f32");
  EXPECT_EQ(json_of(step + "-p bf16").at("precision"), lower);
}

TEST(Bench, TellsHowLongCompilingTook) {
  const auto check = [](const Json& result, int plans) {
    EXPECT_EQ(result.at("plans"), plans);
    EXPECT_GT(result.at("compile_s").get<double>(), 0);
    EXPECT_GE(result.at("compile_all_s").get<double>(), result.at("compile_s").get<double>());
  };
  check(json_of("generate first-light -b 2 -t 3 -r 1"), 3);  // one for each thread
  check(json_of("train 3dgan -b 1 -t 1 -r 1"), 4);           // two modes of each network
  check(json_of("layers first-light -r 1"), 1);
  for (const std::string words : {"generate first-light -b 2 -t 1", "train 3dgan -b 1 -t 1"}) {
    const CommandResult result = run_showergan("bench " + words + " -r 1");
    EXPECT_NE(result.output.find(" compiled in "), std::string::npos) << result.output;
  }
}

TEST(Bench, SaysWhetherThreadsWerePinned) {
  EXPECT_EQ(json_of("generate first-light -b 2 -r 1").at("pinned"), false);
  EXPECT_EQ(json_of("generate first-light -b 2 -r 1 --pin").at("pinned"), true);
  EXPECT_EQ(json_of("train 3dgan -b 1 -t 1 -r 1 --pin").at("pinned"), true);
}

TEST(Bench, MistakesAreOneLine) {
  const auto error_of = [](const std::string& arguments) {
    const CommandResult result = run_showergan("bench " + arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(result.errors.find('\n'), result.errors.size() - 1) << result.errors;
    return result.errors;
  };
  EXPECT_EQ(error_of("layers 3dgan --train -p int8"),
            "showergan: int8 is for generation, not for training; choose f32 or bf16\n");
  EXPECT_EQ(error_of("layers first-light --part discriminator"),
            "showergan: a model file has one part only (first-light); leave --part out, or give a "
            "definition\n");
  EXPECT_NE(error_of("generate 3dgan -p int8").find("has not been calibrated for int8"),
            std::string::npos);
  EXPECT_NE(error_of("generate nothing").find("nothing is called 'nothing'"), std::string::npos);
  EXPECT_NE(error_of("train 3dgan -p int8").find("int8"), std::string::npos);
  EXPECT_NE(error_of("generate 3dgan -t 4096 --pin").find("cannot be pinned"), std::string::npos);
}

}  // namespace
}  // namespace showergan
