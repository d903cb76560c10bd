// quantize, and what takes --precision, as their users meet them, with a small untrained model.

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "apps/command_line.hpp"
#include "store/shower_reader.hpp"
#include "support/toy_training.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

void expect_one_line(const CommandResult& result, int status, const std::string& part) {
  EXPECT_EQ(result.status, status) << result.errors;
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
  EXPECT_EQ(result.errors.rfind("showergan: ", 0), 0u) << result.errors;
  EXPECT_NE(result.errors.find(part), std::string::npos) << result.errors;
}

bool lacks_instructions(const CommandResult& result) {
  return result.errors.find("this processor has no instructions for") != std::string::npos;
}

/// The toy model with one more convolution: its first is composed with the dense layer and its last
/// stays in float32, so that this is the one that can be quantised.
std::string quantisable_model() {
  std::string text = test::toy_model;
  const std::string before = R"(  { type = "batch_normalization" },
  { type = "upsampling", factor = 2 },)";
  const std::size_t place = text.find(before);
  EXPECT_NE(place, std::string::npos);
  return text.insert(place, R"(  { type = "conv3d", filters = 6, kernel = 3, padding = "same" },
)");
}

/// A folder with showers.h5 and the generator model.onnx, which has one convolution that can be
/// quantised.
class Quantize : public testing::Test {
 protected:
  Quantize() {
    std::ofstream(toy_ / "model.toml") << quantisable_model();
    convert();
  }

  /// model.toml to model.onnx.
  void convert() const {
    const CommandResult converted =
        run_showergan("convert " + path("model.toml") + " " + model() + " --part generator -f");
    EXPECT_EQ(converted.status, 0) << converted.errors;
  }

  std::string path(const std::string& name) const { return "'" + (toy_ / name).string() + "'"; }
  std::string model() const { return path("model.onnx"); }
  bool exists(const std::string& name) const { return std::filesystem::exists(toy_ / name); }

  CommandResult quantize(const std::string& options,
                         const std::string& output = "int8.onnx") const {
    return run_showergan("quantize " + model() + " --calibration " + path("showers.h5") + " -o " +
                         path(output) + " -n 20 -t 2 " + options);
  }
  /// Of random weights no precision can be asked.
  static constexpr const char* loose = "--most-sampling-fraction 0.2 --most-profile 0.2";

  CommandResult generate(const std::string& model, const std::string& precision,
                         const std::string& output) const {
    return run_showergan("generate " + model + " -n 5 --energy 100 --precision " + precision +
                         " -o " + path(output));
  }
  std::vector<float> cells_of(const std::string& name) const {
    ShowerReader reader(toy_ / name);
    return reader.read(0, reader.size()).cells;
  }

  test::ToyTraining toy_{40};
};

TEST_F(Quantize, MakesAModelThatGeneratesInInt8) {
  const CommandResult result = quantize(loose);
  if (lacks_instructions(result)) {
    EXPECT_EQ(result.status, 1);
    GTEST_SKIP() << result.errors;
  }
  ASSERT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.output.rfind("layer ", 0), 0u) << result.output;
  EXPECT_NE(result.output.find("  int8\n"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("  bf16\n"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("int8.onnx: against float32, 20 showers: sampling fraction "),
            std::string::npos)
      << result.output;
  const CommandResult int8 = generate(path("int8.onnx"), "int8", "int8.h5");
  EXPECT_EQ(int8.status, 0) << int8.errors;
  EXPECT_NE(int8.output.find(" in int8, "), std::string::npos) << int8.output;
  // Anything else that takes models takes this one.
  const CommandResult f32 = generate(path("int8.onnx"), "f32", "f32.h5");
  EXPECT_EQ(f32.status, 0) << f32.errors;
  EXPECT_EQ(f32.output.find(" in f32"), std::string::npos) << f32.output;
  ASSERT_EQ(generate(model(), "f32", "before.h5").status, 0);
  EXPECT_EQ(cells_of("f32.h5"), cells_of("before.h5"));
  EXPECT_NE(cells_of("f32.h5"), cells_of("int8.h5"));
  EXPECT_EQ(run_showergan("inspect " + path("int8.onnx")).status, 0);
}

TEST_F(Quantize, QuietlyPrintsNothing) {
  const CommandResult result = quantize(std::string(loose) + " -q");
  if (lacks_instructions(result)) GTEST_SKIP() << result.errors;
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(result.errors, "");
  EXPECT_TRUE(exists("int8.onnx"));
}

TEST_F(Quantize, LimitsThatCannotBeKeptLeaveNothing) {
  const CommandResult result = quantize("-q --most-sampling-fraction 1e-12");
  if (lacks_instructions(result)) GTEST_SKIP() << result.errors;
  expect_one_line(result, 1, "no layer of 'toy' can be quantised within the limits; use bf16");
  EXPECT_FALSE(exists("int8.onnx"));
}

TEST_F(Quantize, AModelWithNothingToQuantiseIsOneLine) {
  std::ofstream(toy_ / "model.toml") << test::toy_model;
  convert();
  const CommandResult result = quantize(loose);
  if (lacks_instructions(result)) GTEST_SKIP() << result.errors;
  expect_one_line(result, 1, "there is nothing to quantise in 'toy': ");
  EXPECT_NE(result.errors.find("; use bf16\n"), std::string::npos) << result.errors;
  EXPECT_EQ(result.output, "");
  EXPECT_FALSE(exists("int8.onnx"));
}

TEST_F(Quantize, ExistingFilesStayUnlessForced) {
  std::ofstream(toy_ / "int8.onnx") << "mine";
  expect_one_line(quantize(loose), 2,
                  "already exists; choose another name or overwrite it with --force");
  EXPECT_EQ(std::filesystem::file_size(toy_ / "int8.onnx"), 4u);
  const CommandResult forced = quantize(std::string(loose) + " --force");
  if (lacks_instructions(forced)) GTEST_SKIP() << forced.errors;
  EXPECT_EQ(forced.status, 0) << forced.errors;
  EXPECT_GT(std::filesystem::file_size(toy_ / "int8.onnx"), 4u);
}

TEST_F(Quantize, WrongRequestsAreOneLineAndStatus2) {
  const std::string to = " -o " + path("int8.onnx");
  const std::string calibration = " --calibration " + path("showers.h5");
  expect_one_line(run_showergan("quantize " + model() + " --calibration " + path("no.h5") + to), 2,
                  "no.h5");
  expect_one_line(run_showergan("quantize " + model() + to), 2, "--calibration");
  expect_one_line(run_showergan("quantize no-such-model" + calibration + to), 2, "no-such-model");
  expect_one_line(run_showergan("quantize " + path("showers.h5") + calibration + to), 2,
                  "showers.h5");
  expect_one_line(quantize("--most-profile 0"), 2, "--most-profile");
  EXPECT_FALSE(exists("int8.onnx"));
}

TEST_F(Quantize, GenerateTellsWhatAPrecisionNeeds) {
  expect_one_line(generate(model(), "int8", "a.h5"), 2,
                  "the model 'toy' has not been calibrated for int8; make a quantised one with "
                  "showergan quantize");
  expect_one_line(generate(model(), "fp16", "a.h5"), 2, "--precision");
  EXPECT_FALSE(exists("a.h5"));
}

TEST_F(Quantize, GenerateSaysIfThePrecisionIsNotTheOneAskedFor) {
  const CommandResult result = generate(model(), "bf16", "a.h5");
  EXPECT_EQ(result.status, 0) << result.errors;
  const bool told = result.output.find(" in bf16, ") != std::string::npos;
  EXPECT_NE(told, lacks_instructions(result)) << result.output << result.errors;
  EXPECT_TRUE(exists("a.h5"));
}

TEST_F(Quantize, BenchTellsThePrecisionInUse) {
  for (const std::string asked : {"f32", "bf16"}) {
    const CommandResult result = run_showergan("bench generate " + model() + " --precision " +
                                               asked + " -b 2 -r 1 -t 1 --json");
    ASSERT_EQ(result.status, 0) << result.errors;
    const std::string used = nlohmann::json::parse(result.output).at("precision");
    EXPECT_EQ(used, lacks_instructions(result) ? "f32" : asked);
  }
  expect_one_line(run_showergan("bench generate " + model() + " --precision int8 -b 2 -r 1"), 2,
                  "has not been calibrated");
}

TEST_F(Quantize, TrainingsTakeAPrecisionButNotInt8) {
  const std::string bench =
      "bench train " + path("recipe.toml") + " -r 1 -b 4 -t 1 --json --set train.precision=";
  const CommandResult result = run_showergan(bench + "bf16");
  ASSERT_EQ(result.status, 0) << result.errors;
  const std::string used = nlohmann::json::parse(result.output).at("precision");
  EXPECT_TRUE(used == "bf16" || used == "f32") << used;
  expect_one_line(run_showergan(bench + "int8"), 2, "it must be one of f32, bf16");
}

}  // namespace
}  // namespace showergan
