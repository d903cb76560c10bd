// generate, score and validate as their users meet them, with the shipped model.

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "base/atomic_file.hpp"
#include "command_line.hpp"
#include "store/named_arrays.hpp"
#include "store/shower_reader.hpp"
#include "support/shared_data.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

std::vector<float> cells_of(const std::filesystem::path& path) {
  ShowerReader reader(path);
  return reader.read(0, reader.size()).cells;
}

std::ptrdiff_t lines_of(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

class Generate : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  /// generate first-light ARGUMENTS -o NAME
  CommandResult generate(const std::string& arguments, const std::string& name,
                         const std::string& before = "") const {
    return run_showergan("generate first-light " + arguments + " -o '" + file(name).string() + "'",
                         before);
  }
  test::TemporaryFolder folder_;
};

TEST_F(Generate, WritesTheShowersThatWereAskedFor) {
  const CommandResult result = generate("-n 20 --energy 50:60 --seed 3", "a.h5");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.output.find("20 showers of 25×25×25 cells by the model first-light"),
            std::string::npos)
      << result.output;
  ShowerReader reader(file("a.h5"));
  ASSERT_EQ(reader.size(), 20);
  EXPECT_EQ(reader.provenance().detector, "clic-ecal");
  EXPECT_EQ(reader.provenance().seed, 3u);
  const ShowerBatch batch = reader.read(0, 20);
  for (std::int64_t i = 0; i < 20; ++i) {
    const float energy = batch.energy[static_cast<std::size_t>(i)];
    EXPECT_GE(energy, 50);
    EXPECT_LE(energy, 60);
    double sum = 0;
    for (const float cell : batch.shower(i)) sum += static_cast<double>(cell);
    EXPECT_NEAR(sum / static_cast<double>(energy), 0.0204, 0.008);  // Geant4: 2.04 +- 0.12 %
  }
}

TEST_F(Generate, TheSameShowersForAnyNumberOfThreads) {
  ASSERT_EQ(generate("-n 11 --energy 10:500 --threads 1", "one.h5").status, 0);
  ASSERT_EQ(generate("-n 11 --energy 10:500 --threads 3", "three.h5").status, 0);
  ASSERT_EQ(generate("-n 11 --energy 10:500 --pin", "pinned.h5").status, 0);
  ASSERT_EQ(generate("-n 7 --energy 10:500", "fewer.h5").status, 0);
  ASSERT_EQ(generate("-n 11 --energy 10:500 --seed 2", "other.h5").status, 0);
  const std::vector<float> one = cells_of(file("one.h5"));
  EXPECT_EQ(one, cells_of(file("three.h5")));
  EXPECT_EQ(one, cells_of(file("pinned.h5")));
  EXPECT_NE(one, cells_of(file("other.h5")));
  const std::vector<float> fewer = cells_of(file("fewer.h5"));
  EXPECT_TRUE(std::equal(fewer.begin(), fewer.end(), one.begin()));
}

TEST_F(Generate, LikeTakesTheEnergiesOfAFile) {
  ASSERT_EQ(generate("-n 6 --energy 20:400 --seed 9", "first.h5").status, 0);
  ASSERT_EQ(generate("--like '" + file("first.h5").string() + "'", "second.h5").status, 0);
  EXPECT_EQ(ShowerReader(file("first.h5")).read(0, 6).energy,
            ShowerReader(file("second.h5")).read(0, 6).energy);
  EXPECT_EQ(generate("-n 7 --like '" + file("first.h5").string() + "'", "third.h5").status, 2);
}

TEST_F(Generate, InputsTakesNoiseFromAFile) {
  NamedArrays inputs;
  inputs["noise"] = {{2, 15689}, std::vector<float>(2 * 15689, 0.25F)};
  inputs["energy"] = {{2}, {100, 200}};
  write_named_arrays(file("inputs.h5"), inputs);
  const std::string option = "--inputs '" + file("inputs.h5").string() + "'";
  ASSERT_EQ(generate(option, "a.h5").status, 0);
  ASSERT_EQ(generate(option + " --seed 4", "b.h5").status, 0);
  EXPECT_EQ(cells_of(file("a.h5")), cells_of(file("b.h5")));  // the seed plays no part

  inputs["energy"] = {{3}, {100, 200, 300}};
  write_named_arrays(file("inputs.h5"), inputs, {}, true);
  const CommandResult uneven = generate(option, "c.h5");
  EXPECT_EQ(uneven.status, 2);
  EXPECT_NE(uneven.errors.find("data set 'energy'"), std::string::npos) << uneven.errors;

  inputs["energy"] = {{2}, {100, std::nanf("")}};
  write_named_arrays(file("inputs.h5"), inputs, {}, true);
  const CommandResult nan = generate(option, "c.h5");
  EXPECT_EQ(nan.status, 2);
  EXPECT_NE(nan.errors.find("row 1"), std::string::npos) << nan.errors;
}

TEST_F(Generate, WarnsOutsideTheValidRange) {
  const CommandResult result = generate("-n 2 --energy 700 --quiet", "a.h5");
  EXPECT_EQ(result.status, 0);
  EXPECT_NE(result.errors.find("energy 700 is outside the range 10 to 500"), std::string::npos)
      << result.errors;
  EXPECT_EQ(lines_of(result.errors), 1);
}

TEST_F(Generate, WrongRequestsAreOneLineAndStatus2) {
  for (const std::string arguments :
       {"-n 5", "--energy 50", "-n 5 --energy 50:40", "-n 5 --energy fifty", "-n 0 --energy 50",
        "-n 5 --energy -3", "-n 5 --energy nan", "-n 5 --energy 50 --like x.h5",
        "--like /nowhere/x.h5", "-n 5 --energy 50 --threads 0",
        "-n 5 --energy 50 --threads 4096 --pin", "-n 5 --energy 50 --seed -1",
        "-n 5 --energy 50 --seed 99999999999999999999", "-n 5 --energy 50 --theta 1.2"}) {
    const CommandResult result = generate(arguments, "a.h5");
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(lines_of(result.errors), 1) << arguments << ": " << result.errors;
    EXPECT_EQ(result.errors.rfind("showergan: ", 0), 0u) << result.errors;
    EXPECT_EQ(folder_.entries(), 0) << arguments;
  }
  EXPECT_EQ(run_showergan("generate no-such-model -n 1 --energy 50 -o x.h5").status, 2);
}

TEST_F(Generate, KeepsWhatTheUserHad) {
  ASSERT_EQ(generate("-n 2 --energy 50 -q", "a.h5").status, 0);
  const std::vector<float> before = cells_of(file("a.h5"));
  EXPECT_EQ(generate("-n 2 --energy 60 -q", "a.h5").status, 2);
  EXPECT_EQ(cells_of(file("a.h5")), before);
  EXPECT_EQ(generate("-n 2 --energy 60 -q --force", "a.h5").status, 0);
  EXPECT_NE(cells_of(file("a.h5")), before);

  // A full disk: one line, and the old file is still there.
  const std::vector<float> now = cells_of(file("a.h5"));
  const CommandResult full = generate("-n 200 --energy 60 -q --force", "a.h5", "ulimit -f 64;");
  EXPECT_EQ(full.status, 1);
  EXPECT_EQ(lines_of(full.errors), 1) << full.errors;
  EXPECT_EQ(cells_of(file("a.h5")), now);
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(Generate, AnInterruptLeavesAFileWithWhatWasDone) {
  // A signal that comes before the first showers leaves nothing; later ones leave a whole file.
  for (const int seconds : {4, 8, 16, 32}) {
    const CommandResult result =
        generate("-n 100000000 --energy 50 -q --force", "a.h5",
                 "timeout --preserve-status --signal=INT " + std::to_string(seconds));
    EXPECT_EQ(result.status, 1) << result.errors;
    EXPECT_EQ(lines_of(result.errors), 1) << result.errors;
    EXPECT_NE(result.errors.find("interrupted"), std::string::npos) << result.errors;
    if (std::filesystem::exists(file("a.h5"))) break;
  }
  ShowerReader reader(file("a.h5"));
  EXPECT_GT(reader.size(), 0);
  EXPECT_LT(reader.size(), 100000000);
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(Generate, RefusesToWriteWhatIsNoShower) {
  // The logarithm of a negative number: a network may give anything.
  write_file(file("bad.toml"), R"(
name = "bad"
detector = "none"
[[conditions]]
name = "energy"
range = [1, 100]
[generator]
outputs = { shower = "shower" }
[[generator.layers]]
type = "input"
name = "noise"
shape = [8]
[[generator.layers]]
type = "input"
name = "condition"
shape = [1]
[[generator.layers]]
type = "multiply"
name = "scaled"
inputs = ["noise", "condition"]
[[generator.layers]]
type = "log"
name = "logarithm"
[[generator.layers]]
type = "reshape"
name = "shower"
shape = [2, 2, 2]
)");
  const std::string model = "'" + file("bad.onnx").string() + "'";
  const CommandResult converted =
      run_showergan("convert '" + file("bad.toml").string() + "' " + model);
  ASSERT_EQ(converted.status, 0) << converted.errors;
  const CommandResult result = run_showergan("generate " + model + " -n 9 --energy 50 -q -o '" +
                                             file("a.h5").string() + "'");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(lines_of(result.errors), 1) << result.errors;
  EXPECT_NE(result.errors.find("the energy of a cell is"), std::string::npos) << result.errors;
  EXPECT_FALSE(std::filesystem::exists(file("a.h5")));
}

TEST(StandardOutput, ThatIsLostIsAFailure) {
  for (const std::string arguments :
       {"inspect first-light", "bench generate first-light -b 1 -r 1"}) {
    const std::string command =
        "\"" SHOWERGAN_EXECUTABLE "\" " + arguments + " >/dev/full 2>/dev/null";
    const int code = std::system(command.c_str());
    EXPECT_TRUE(WIFEXITED(code));
    EXPECT_EQ(WEXITSTATUS(code), 1) << arguments;
  }
}

TEST_F(Generate, ThePublishedGeneratorGivesThePublishedShowers) {
  const auto weights = test::shared_data("keras-3dgan/generator.hdf5");
  const auto expected = test::shared_data("keras-3dgan/generator-expected.h5");
  SHOWERGAN_NEEDS_FILE(weights);
  const std::string model = "'" + file("g.onnx").string() + "'";
  ASSERT_EQ(
      run_showergan("convert '" + weights.string() + "' " + model + " --architecture 3dgan").status,
      0);
  ASSERT_EQ(run_showergan("generate " + model + " --inputs '" + expected.string() + "' -o '" +
                          file("out.h5").string() + "'")
                .status,
            0);
  const std::vector<float> showers = cells_of(file("out.h5"));
  const std::vector<float> exact = read_named_array(expected, "ECAL").values;
  ASSERT_EQ(showers.size(), exact.size());
  const float largest = *std::max_element(exact.begin(), exact.end());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    ASSERT_NEAR(showers[i], exact[i], 2e-5F * largest) << i;
  }
}

TEST_F(Generate, ThePublishedDiscriminatorScoresAsPublished) {
  const auto weights = test::shared_data("keras-3dgan/discriminator.hdf5");
  SHOWERGAN_NEEDS_FILE(weights);
  const std::string model = "'" + file("d.onnx").string() + "'";
  ASSERT_EQ(
      run_showergan("convert '" + weights.string() + "' " + model + " --architecture 3dgan").status,
      0);
  const auto images = test::shared_data("keras-3dgan/generator-expected.h5");
  const CommandResult result = run_showergan("score " + model + " '" + images.string() + "' -o '" +
                                             file("scores.h5").string() + "'");
  ASSERT_EQ(result.status, 0) << result.errors;
  const auto expected = test::shared_data("keras-3dgan/discriminator-expected.h5");
  for (const std::string name : {"generation", "auxiliary", "ecal"}) {
    const std::vector<float> exact = read_named_array(expected, name).values;
    const std::vector<float> scores = read_named_array(file("scores.h5"), name).values;
    ASSERT_EQ(scores.size(), exact.size());
    for (std::size_t i = 0; i < exact.size(); ++i) {
      EXPECT_NEAR(scores[i], exact[i], 1e-5F * std::abs(exact[i])) << name;
    }
  }
  EXPECT_EQ(run_showergan("generate " + model + " -n 1 --energy 50 -o x.h5").status, 2);
}

TEST_F(Generate, ScoreRefusesGeneratorsAndOtherGrids) {
  ASSERT_EQ(generate("-n 2 --energy 50 -q", "a.h5").status, 0);
  const std::string showers = "'" + file("a.h5").string() + "'";
  const std::string output = " -o '" + file("s.h5").string() + "'";
  EXPECT_EQ(run_showergan("score first-light " + showers + output).status, 2);
  const std::string model = "'" + file("c.onnx").string() + "'";
  const std::string definitions = std::string(std::getenv("SHOWERGAN_SOURCE_DIR")) + "/models/";
  ASSERT_EQ(run_showergan("convert '" + definitions + "3dgan-angle.toml' " + model +
                          " --part discriminator")
                .status,
            0);
  const CommandResult result = run_showergan("score " + model + " " + showers + output);
  EXPECT_EQ(result.status, 2);
  EXPECT_NE(result.errors.find("51×51×25"), std::string::npos) << result.errors;
}

TEST_F(Generate, ValidateAgreesWithItselfAndWithTheCard) {
  ASSERT_EQ(generate("-n 300 --energy 10:500 -q", "a.h5").status, 0);
  ASSERT_EQ(generate("-n 300 --energy 10:500 -q", "b.h5").status, 0);
  const std::string showers = "'" + file("a.h5").string() + "'";
  const std::string again = "'" + file("b.h5").string() + "'";
  const std::string report = " -o '" + (folder_ / "report").string() + "' -q";
  const CommandResult same =
      run_showergan("validate --reference " + showers + " --candidate " + again + report);
  ASSERT_EQ(same.status, 0) << same.errors;
  EXPECT_NE(same.output.find("sampling_fraction_mre           0.0000"), std::string::npos)
      << same.output;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "report" / "metrics.json"));
  EXPECT_EQ(
      run_showergan("validate --reference " + showers + " --candidate " + again + report).status,
      2);  // the report is there
  const CommandResult card =
      run_showergan("validate --card first-light --candidate " + showers + " -q");
  EXPECT_EQ(card.status, 0) << card.errors;
  EXPECT_NE(card.output.find("Geant4"), std::string::npos) << card.output;
  EXPECT_EQ(run_showergan("validate --candidate " + showers).status, 2);
}

TEST(Bench, TellsTimesAsJson) {
  const CommandResult all =
      run_showergan("bench generate first-light --batch 4 --repeat 1 --threads 1 --json");
  EXPECT_EQ(all.status, 0) << all.errors;
  EXPECT_NE(all.output.find("\"ms_per_shower_median\":"), std::string::npos) << all.output;
  const CommandResult layers = run_showergan("bench layers first-light --repeat 1");
  EXPECT_EQ(layers.status, 0) << layers.errors;
  EXPECT_NE(layers.output.find("cell_coarse2"), std::string::npos) << layers.output;
}

TEST(InspectModels, ShippedOnesByName) {
  const CommandResult model = run_showergan("inspect first-light");
  EXPECT_EQ(model.status, 0) << model.errors;
  EXPECT_NE(model.output.find("multiply-adds"), std::string::npos);
  EXPECT_EQ(run_showergan("inspect 3dgan").status, 0);
  EXPECT_EQ(run_showergan("inspect no-such-thing").status, 2);
}

}  // namespace
}  // namespace showergan
