// From simulation to training, as the README's tour goes: every command takes what the one before
// has made.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "command_line.hpp"
#include "store/shower_reader.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

class Tour : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return "'" + (folder_ / name).string() + "'"; }
  void run(const std::string& arguments) const {
    const CommandResult result = run_showergan(arguments);
    ASSERT_EQ(result.status, 0) << arguments << '\n' << result.errors;
  }
  void simulate(int showers) const {
    run("simulate --energy 10:12 --quiet -n " + std::to_string(showers) + " -o " + file("mc.h5"));
  }
  ShowerBatch showers_of(const std::string& name) const {
    ShowerReader reader(folder_ / name);
    return reader.read(0, reader.size());
  }
  test::TemporaryFolder folder_;
};

TEST_F(Tour, GeneratedShowersAreComparedWithSimulatedOnesOfTheSameEnergies) {
  simulate(40);
  run("generate first-light --quiet --like " + file("mc.h5") + " -o " + file("gan.h5"));
  EXPECT_EQ(showers_of("gan.h5").energy, showers_of("mc.h5").energy);
  run("validate --reference " + file("mc.h5") + " --candidate " + file("gan.h5") + " -o " +
      file("report"));
  const auto json = nlohmann::json::parse(std::ifstream(folder_ / "report" / "metrics.json"));
  // The model was trained on Geant4's showers, which the Monte Carlo's are like.
  const auto& profile = json.at("metrics").at("profile_z_mean").at("value");
  ASSERT_TRUE(profile.is_number()) << json;
  EXPECT_LT(profile.get<double>(), 0.3);
}

TEST_F(Tour, ANetworkLearnsFromSimulatedShowers) {
  simulate(12);
  run("train 3dgan --quiet --data " + file("mc.h5") + " -o " + file("run") +
      " --set train.batch=4 --set train.steps=2");
  run("generate " + file("run/generator.onnx") + " --quiet --like " + file("mc.h5") + " -o " +
      file("gan.h5"));
  const ShowerBatch showers = showers_of("gan.h5");
  EXPECT_EQ(showers.size(), 12);
  for (const float cell : showers.cells) ASSERT_TRUE(std::isfinite(cell));
}

}  // namespace
}  // namespace showergan
