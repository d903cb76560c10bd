// simulate as its users meet it.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "simulation_folder.hpp"
#include "store/shower_reader.hpp"
#include "store/shower_writer.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;
using Simulate = test::SimulationFolder;

TEST_F(Simulate, WritesTheShowersThatWereAskedFor) {
  const CommandResult result = simulate("-n 12 --energy 2:3 --seed 3", "a.h5");
  ASSERT_EQ(result.status, 0) << result.errors;
  EXPECT_NE(result.output.find("12 showers of e- in clic-ecal"), std::string::npos)
      << result.output;
  EXPECT_EQ(ShowerReader(file("a.h5")).provenance().detector, "clic-ecal");
  EXPECT_EQ(ShowerReader(file("a.h5")).provenance().seed, 3u);
  const ShowerBatch batch = showers_of("a.h5");
  ASSERT_EQ(batch.size(), 12);
  EXPECT_TRUE(batch.theta.empty());
  double fraction = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_GE(batch.energy[i], 2);
    EXPECT_LE(batch.energy[i], 3);
    EXPECT_LE(std::abs(batch.impact_x[i]), 2.55f) << "in the middle cell";
    EXPECT_LE(std::abs(batch.impact_y[i]), 2.55f);
    EXPECT_GT(batch.escaped[i], 0);
    for (const float cell : batch.shower(static_cast<std::int64_t>(i))) {
      fraction += static_cast<double>(cell / batch.energy[i]) / 12;
    }
  }
  EXPECT_NEAR(fraction, 0.024, 0.004);
}

TEST_F(Simulate, TheSameShowersForAnyNumberOfThreads) {
  ASSERT_EQ(simulate("-n 11 --energy 1:2 --threads 1", "one.h5").status, 0);
  ASSERT_EQ(simulate("-n 11 --energy 1:2 --threads 3", "three.h5").status, 0);
  ASSERT_EQ(simulate("-n 11 --energy 1:2 --seed 2", "other.h5").status, 0);
  const ShowerBatch one = showers_of("one.h5");
  EXPECT_EQ(one.cells, showers_of("three.h5").cells);
  EXPECT_EQ(one.escaped, showers_of("three.h5").escaped);
  EXPECT_NE(one.cells, showers_of("other.h5").cells);
}

TEST_F(Simulate, LikeTakesEnergiesAndAngles) {
  ASSERT_EQ(simulate("-n 4 --energy 1:2 --theta 0.1:0.5 --phi 0:3", "first.h5").status, 0);
  const std::string like = "--like '" + file("first.h5").string() + "'";
  ASSERT_EQ(simulate(like + " --particle gamma", "second.h5").status, 0);
  const ShowerBatch first = showers_of("first.h5");
  const ShowerBatch second = showers_of("second.h5");
  EXPECT_EQ(first.energy, second.energy);
  EXPECT_EQ(first.theta, second.theta);
  EXPECT_EQ(first.phi, second.phi);
  EXPECT_GT(*std::ranges::min_element(first.theta), 0.1f);
  EXPECT_NE(first.cells, second.cells);
  EXPECT_EQ(simulate(like + " --force", "first.h5").status, 2) << "its own source";
  EXPECT_EQ(showers_of("first.h5").size(), std::ssize(showers_of("second.h5").energy));
  const CommandResult more = simulate(like + " -n 5", "third.h5");
  EXPECT_EQ(more.status, 2);
  EXPECT_NE(more.errors.find("has 4 showers, not 5"), std::string::npos) << more.errors;
}

TEST_F(Simulate, ResumeCompletesToTheSameShowers) {
  ASSERT_EQ(simulate("-n 9 --energy 1", "whole.h5").status, 0);
  ASSERT_EQ(simulate("-n 4 --energy 1", "part.h5").status, 0);
  const CommandResult resumed = simulate("-n 9 --energy 1 --resume", "part.h5");
  ASSERT_EQ(resumed.status, 0) << resumed.errors;
  EXPECT_EQ(showers_of("part.h5").cells, showers_of("whole.h5").cells);
  const CommandResult again = simulate("-n 9 --energy 1 --resume", "part.h5");
  EXPECT_EQ(again.status, 0);
  EXPECT_NE(again.output.find("is complete"), std::string::npos) << again.output;
  const CommandResult other = simulate("-n 12 --energy 1 --seed 2 --resume", "part.h5");
  EXPECT_EQ(other.status, 2);
  EXPECT_NE(other.errors.find("seed"), std::string::npos) << other.errors;
  EXPECT_EQ(showers_of("part.h5").size(), 9) << "nothing is lost";
}

TEST_F(Simulate, RefusesToResumeAnotherRun) {
  const std::filesystem::path detector = file("box.toml");
  const std::string box = " --detector '" + detector.string() + "'";
  describe_box(detector, 1);
  const std::string begun = "-n 3 --energy 1 --theta 0.1:0.2" + box;
  ASSERT_EQ(simulate(begun, "run.h5").status, 0);
  std::filesystem::create_directory(file("a"));
  std::filesystem::create_directory(file("b"));
  ASSERT_EQ(simulate("-n 5 --energy 1:2", "a/like.h5").status, 0);
  ASSERT_EQ(simulate("-n 5 --energy 1:2 --seed 2", "b/like.h5").status, 0);
  const auto like = [&](const char* folder, int count) {
    return fmt::format("--like '{}' -n {}", (file(folder) / "like.h5").string(), count);
  };
  ASSERT_EQ(simulate(like("a", 3), "liked.h5").status, 0);
  const struct {
    std::string arguments;
    std::string name;
    std::string text;
  } cases[] = {{"-n 6 --energy 1 --theta 0.1:0.3" + box, "run.h5", "theta 0.1:0.3"},
               {"-n 6 --energy 1" + box, "run.h5", "source is"},
               {begun + " --particle gamma", "run.h5", "gamma"},
               {begun + " --photon-cut 0.7", "run.h5", "0.7"},
               {like("b", 5), "liked.h5", "other primaries than are asked for"}};
  for (const auto& [arguments, name, text] : cases) {
    SCOPED_TRACE(arguments);
    const CommandResult result = simulate(arguments + " --resume", name);
    EXPECT_EQ(result.status, 2);
    EXPECT_NE(result.errors.find(text), std::string::npos) << result.errors;
    EXPECT_EQ(showers_of(name).size(), 3) << "nothing is lost";
  }
  describe_box(detector, 2);
  const CommandResult thicker = simulate(begun + " --resume", "run.h5");
  EXPECT_EQ(thicker.status, 2) << "another detector of the same name";
  EXPECT_NE(thicker.errors.find("source is"), std::string::npos) << thicker.errors;
  EXPECT_EQ(simulate(like("a", 5) + " --resume", "liked.h5").status, 0);
  EXPECT_EQ(showers_of("liked.h5").size(), 5);
}

TEST_F(Simulate, RefusesPrimariesOfAFileThatItCannotFollow) {
  ShowerBatch batch;
  batch.grid = {1, 1, 1};
  batch.cells = {0, 0, 0};
  batch.energy = {1, 1, 2000};
  const auto write = [&] {
    WriteOptions options;
    options.force = true;
    ShowerWriter writer(file("like.h5"), batch.grid, options);
    writer.write(batch);
    writer.finish();
  };
  const std::string like = "--like '" + file("like.h5").string() + "'";
  write();
  const CommandResult energy = simulate(like, "x.h5");
  EXPECT_EQ(energy.status, 2);
  EXPECT_NE(energy.errors.find("energy 2000 is outside 0.001 to 1000 (shower 2 of "),
            std::string::npos)
      << energy.errors;
  batch.energy[2] = 1;
  batch.theta = {0, 1.7f, 0};
  write();
  const CommandResult angle = simulate(like, "x.h5");
  EXPECT_EQ(angle.status, 2);
  EXPECT_NE(angle.errors.find("theta 1.7 is outside 0 to 1.5 (shower 1 of "), std::string::npos)
      << angle.errors;
  EXPECT_FALSE(std::filesystem::exists(file("x.h5")));
}

TEST_F(Simulate, AnInterruptLeavesWhatWasDone) {
  // A signal that comes before the first showers leaves nothing; later ones leave a whole file.
  for (const int seconds : {1, 2, 4, 8, 16, 32}) {
    const CommandResult stopped = run_showergan(
        "simulate -n 100000000 --energy 2 -q --force -o '" + file("part.h5").string() + "'",
        "timeout --preserve-status --signal=INT " + std::to_string(seconds));
    EXPECT_EQ(stopped.status, 1) << stopped.errors;
    EXPECT_NE(stopped.errors.find("interrupted"), std::string::npos) << stopped.errors;
    if (std::filesystem::exists(file("part.h5"))) break;
  }
  const std::int64_t done = showers_of("part.h5").size();
  ASSERT_GT(done, 0);
  const std::string few = "-n " + std::to_string(done + 3) + " --energy 2";
  ASSERT_EQ(simulate(few + " --resume", "part.h5").status, 0);
  ASSERT_EQ(simulate(few, "whole.h5").status, 0);
  EXPECT_EQ(showers_of("part.h5").cells, showers_of("whole.h5").cells);
}

TEST_F(Simulate, SaysWhatIsWrong) {
  const std::pair<std::string, std::string> cases[] = {
      {"-n 3 -e 1 -p mu", "no particle 'mu'"},
      {"-n 3", "needs a value for energy"},
      {"-e 1", "how many showers?"},
      {"-n 3 -e 0.0001", "outside"},
      {"-n 3 -e 2000", "outside"},
      {"-n 3 -e x", "does not understand"},
      {"-n 3 -e 2:1", "does not understand"},
      {"-n 3 -e 1 --theta 1.7", "theta 1.7 is outside"},
      {"-n 3 -e 1 --theta -0.1", "theta -0.1 is outside"},
      {"-n 3 -e 1 --phi 0:7", "phi 7 is outside"},
      {"-e 1 --like x.h5", "--like"},
      {"-n 3 -e 1 -t 0", "--threads"},
      {"-n 0 -e 1", "--number"},
      {"-n 3 -e 1 --seed x", "--seed"},
      {"-n 3 -e 1 --photon-cut 0", "--photon-cut"},
      {"-n 3 -e 1 --electron-cut 1e9", "--electron-cut"},
      {"-n 3 -e 1 --tracking-cut 0", "--tracking-cut"},
      {"-n 3 -e 1 -d nowhere", "nowhere"},
      {"--like /nonexistent.h5", "nonexistent"},
      {"-n 3 -e 1 --force --resume", "--resume"}};
  for (const auto& [arguments, text] : cases) expect_refused(arguments, text);
  ASSERT_EQ(simulate("-n 1 -e 1", "x.h5").status, 0);
  const CommandResult twice = simulate("-n 1 -e 1", "x.h5");
  EXPECT_EQ(twice.status, 2);
  EXPECT_NE(twice.errors.find("exist"), std::string::npos) << twice.errors;
}

}  // namespace
}  // namespace showergan
