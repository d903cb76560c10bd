#include <fstream>

#include <gtest/gtest.h>

#include "apps/command_line.hpp"
#include "store/named_arrays.hpp"
#include "store/sample_showers.hpp"
#include "store/shower_writer.hpp"
#include "support/shared_data.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

class Inspect : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / name; }

  test::TemporaryFolder folder_;
};

/// Whether the output has a line "  NAME   TEXT…".
bool has_line(const std::string& output, const std::string& name, const std::string& text) {
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t start = line.find_first_not_of(' ');
    if (start == std::string::npos || line.compare(start, name.size(), name) != 0) continue;
    const std::size_t value = line.find_first_not_of(' ', start + name.size());
    if (value != std::string::npos && line.compare(value, text.size(), text) == 0) return true;
  }
  return false;
}

TEST_F(Inspect, DescribesAShowerFile) {
  ShowerBatch batch;
  batch.grid = {2, 1, 2};
  batch.energy = {100, 200};
  batch.cells = {1, 0, 1, 0, 0, 0, 0, 0};
  WriteOptions options;
  options.provenance = {"clic-ecal", "a test", 7};
  ShowerWriter writer(path("a.h5"), batch.grid, options);
  writer.write(batch);
  writer.finish();
  const CommandResult result = run_showergan("inspect --quiet '" + path("a.h5") + "'");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(result.output.find(path("a.h5") + "\n"), 0U);
  EXPECT_TRUE(has_line(result.output, "layout", "3DGAN, fixed angle")) << result.output;
  EXPECT_TRUE(has_line(result.output, "showers", "2"));
  EXPECT_TRUE(has_line(result.output, "grid", "2 x 1 x 2 cells (x, y, z)"));
  EXPECT_TRUE(has_line(result.output, "primary energy", "100 to 200 GeV, mean 150 GeV"));
  EXPECT_TRUE(has_line(result.output, "sampling fraction", "0 to 2 %, mean 1 %"));
  EXPECT_TRUE(has_line(result.output, "empty showers", "1"));
  EXPECT_TRUE(has_line(result.output, "detector", "clic-ecal"));
  EXPECT_TRUE(has_line(result.output, "seed", "7"));
}

TEST_F(Inspect, ShowsTheColumnsThatAFileHas) {
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  batch.energy = {100, 200};
  batch.cells = {1, 0, 1, 0};
  batch.theta = {1, 1.5};
  const auto output = [&](const std::string& name) {
    ShowerWriter writer(path(name), batch.grid);
    writer.write(batch);
    writer.finish();
    return run_showergan("inspect --quiet '" + path(name) + "'").output;
  };
  const std::string without = output("a.h5");
  EXPECT_TRUE(has_line(without, "theta", "1 to 1.5 rad, mean 1.25 rad")) << without;
  EXPECT_EQ(without.find("impact"), std::string::npos);
  EXPECT_EQ(without.find("escaped"), std::string::npos);
  batch.impact_x = {-2.5, 2};
  batch.impact_y = {0, 1};
  batch.escaped = {0, 3};
  const std::string with = output("b.h5");
  EXPECT_TRUE(has_line(with, "impact_x", "-2.5 to 2 mm, mean -0.25 mm")) << with;
  EXPECT_TRUE(has_line(with, "impact_y", "0 to 1 mm, mean 0.5 mm"));
  EXPECT_TRUE(has_line(with, "escaped", "0 to 3 GeV, mean 1.5 GeV"));
}

TEST_F(Inspect, ListsTheDataSetsOfOtherHdf5) {
  write_named_arrays(path("a.h5"), {{"noise", {{2, 3}, {1, 2, 3, 4, 5, 6}}}});
  const CommandResult result = run_showergan("inspect '" + path("a.h5") + "'");
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(has_line(result.output, "noise", "(2, 3)")) << result.output;
}

TEST_F(Inspect, DescribesTheGeant4Showers) {
  const auto data = test::shared_data("geant4/showers-test.h5");
  SHOWERGAN_NEEDS_FILE(data);
  const CommandResult result = run_showergan("inspect -q '" + data.string() + "'");
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(has_line(result.output, "showers", "2000")) << result.output;
  EXPECT_TRUE(has_line(result.output, "grid", "25 x 25 x 25 cells"));
  EXPECT_TRUE(has_line(result.output, "empty showers", "0"));
  EXPECT_TRUE(has_line(result.output, "generator", "Geant4 11.4.0"));
}

TEST_F(Inspect, WrongInputIsOneLineAndStatus2) {
  std::ofstream(path("a.txt")) << "text";
  ShowerBatch batch = test::sample_showers({2, 2, 2}, 0, 3);
  batch.cells[9] = -1;
  // Not with ShowerWriter: that refuses such showers itself.
  write_named_arrays(path("bad.h5"),
                     {{"ECAL", {{3, 2, 2, 2}, batch.cells}}, {"energy", {{3}, batch.energy}}});
  const std::vector<std::pair<std::string, std::string>> cases = {
      {path("none.h5"), "showergan: there is no file '" + path("none.h5") + "'\n"},
      {path("a.txt"), "showergan: '" + path("a.txt") +
                          "' is not a file that ShowerGAN knows; give showers or weights in HDF5, "
                          "an .onnx model or a .toml definition\n"},
      {path("bad.h5"), "showergan: the energy of a cell is -1 (" + path("bad.h5") +
                           ", data set ECAL, row 1, cell 1); cell energies must be finite and not "
                           "negative\n"}};
  for (const auto& [file, message] : cases) {
    const CommandResult result = run_showergan("inspect -q '" + file + "'");
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.errors, message);
    EXPECT_EQ(result.output, "");
  }
}

}  // namespace
}  // namespace showergan
