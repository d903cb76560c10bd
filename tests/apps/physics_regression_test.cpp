// Generated showers are as close to Monte Carlo as they were: the shipped model showergan, with a
// fixed seed, against a small sample that make_regression_sample.sh made.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "command_line.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::CommandResult;
using test::run_showergan;

std::string quoted(const fs::path& path) {
  return " '" + path.string() + "'";
}

/// Showers of `model` at the energies of the sample, compared with the metrics of before. The
/// tolerance is for processors that round differently, which moves a shower into another bin.
CommandResult compare_with_before(const std::string& model) {
  const fs::path folder = fs::path(std::getenv("SHOWERGAN_SOURCE_DIR")) / "tests/apps";
  const std::string sample = quoted(folder / "regression_sample.h5");
  const test::TemporaryFolder temporary;
  const std::string showers = quoted(temporary / "showers.h5");
  const CommandResult made =
      run_showergan("generate " + model + " --like" + sample + " --seed 1 -q -o" + showers);
  if (made.status != 0) return made;
  return run_showergan("validate --reference" + sample + " --candidate" + showers + " --against" +
                       quoted(folder / "regression_metrics.json") + " --tolerance 0.05 -q");
}

TEST(PhysicsRegression, TheDefaultModelIsAsCloseToMonteCarloAsItWas) {
  const CommandResult result = compare_with_before("showergan");
  EXPECT_EQ(result.status, 0) << result.errors << result.output;
  EXPECT_NE(result.output.find("34 metrics compared, 0 worse"), std::string::npos) << result.output;
}

TEST(PhysicsRegression, AnotherModelIsFoundOut) {
  const CommandResult result = compare_with_before("3dgan-clic");
  EXPECT_EQ(result.status, 1) << result.errors << result.output;
  EXPECT_NE(result.output.find("WORSE resolution_mre"), std::string::npos) << result.output;
}

}  // namespace
}  // namespace showergan
