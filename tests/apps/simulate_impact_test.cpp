// Where simulate lets primaries meet the front.

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "simulation_folder.hpp"
#include "store/shower_writer.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

class SimulateImpact : public test::SimulationFolder {
 protected:
  SimulateImpact() { describe_box(file("box.toml"), 0.1); }

  /// Electrons of 1 GeV into 3 × 3 cells of 5 mm, which takes no time.
  CommandResult shoot(const std::string& arguments, const std::string& name) const {
    return simulate(box() + arguments, name);
  }
  std::string box() const { return "-d '" + file("box.toml").string() + "' -e 1 "; }
};

std::pair<double, double> mean_and_width(const std::vector<float>& values) {
  double sum = 0;
  double squares = 0;
  for (const float value : values) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  const auto count = static_cast<double>(values.size());
  return {sum / count, std::sqrt(squares / count - sum * sum / count / count)};
}

TEST_F(SimulateImpact, IsExactIfAPlaceIsGiven) {
  ASSERT_EQ(shoot("-n 20 --impact 5,-4.5", "a.h5").status, 0);
  const ShowerBatch batch = showers_of("a.h5");
  EXPECT_EQ(batch.impact_x, std::vector<float>(20, 5.0F));
  EXPECT_EQ(batch.impact_y, std::vector<float>(20, -4.5F));
  for (std::int64_t i = 0; i < 20; ++i) {
    EXPECT_GT(batch.shower(i)[2 * 3 + 0], 0) << "the cell at 5, -5 mm";
  }
}

TEST_F(SimulateImpact, HasAGaussianSpread) {
  ASSERT_EQ(shoot("-n 2000 --impact -3,1 --impact-spread 0.5", "a.h5").status, 0);
  const ShowerBatch batch = showers_of("a.h5");
  const auto [x, width_x] = mean_and_width(batch.impact_x);
  const auto [y, width_y] = mean_and_width(batch.impact_y);
  EXPECT_NEAR(x, -3, 0.045);
  EXPECT_NEAR(y, 1, 0.045);
  EXPECT_NEAR(width_x, 0.5, 0.032);
  EXPECT_NEAR(width_y, 0.5, 0.032);
  const auto [least, most] = std::ranges::minmax_element(batch.impact_x);
  EXPECT_GT(*most - *least, 2.5F) << "not a box";
}

TEST_F(SimulateImpact, IsEvenOverTheMiddleCellUnasked) {
  ASSERT_EQ(shoot("-n 500", "unasked.h5").status, 0);
  ASSERT_EQ(shoot("-n 500 --impact-spread cell", "cell.h5").status, 0);
  ASSERT_EQ(shoot("-n 500 --impact 5,0 --impact-spread cell", "beside.h5").status, 0);
  const ShowerBatch unasked = showers_of("unasked.h5");
  EXPECT_LE(std::ranges::max(unasked.impact_x), 2.5F);
  EXPECT_GE(std::ranges::min(unasked.impact_x), -2.5F);
  EXPECT_NEAR(mean_and_width(unasked.impact_y).second, 5 / std::sqrt(12.0), 0.15);
  EXPECT_EQ(showers_of("cell.h5").cells, unasked.cells);
  const ShowerBatch beside = showers_of("beside.h5");
  EXPECT_EQ(beside.impact_y, unasked.impact_y);
  for (std::size_t i = 0; i < 500; ++i) {
    EXPECT_NEAR(beside.impact_x[i], unasked.impact_x[i] + 5, 1e-5);
  }
}

TEST_F(SimulateImpact, IsThatOfTheFileUnlessGiven) {
  ASSERT_EQ(shoot("-n 8 --impact 1,2 --impact-spread 0.7", "first.h5").status, 0);
  const std::string like =
      "-d '" + file("box.toml").string() + "' --like '" + file("first.h5").string() + "'";
  ASSERT_EQ(simulate(like + " --seed 2", "second.h5").status, 0);
  ASSERT_EQ(simulate(like + " --impact 0,0", "given.h5").status, 0);
  EXPECT_EQ(showers_of("second.h5").impact_x, showers_of("first.h5").impact_x);
  EXPECT_EQ(showers_of("second.h5").impact_y, showers_of("first.h5").impact_y);
  EXPECT_NE(showers_of("second.h5").cells, showers_of("first.h5").cells);
  EXPECT_EQ(showers_of("given.h5").impact_x, std::vector<float>(8, 0.0F));
}

TEST_F(SimulateImpact, OfAFileMayBeBesideTheDetector) {
  ShowerBatch batch;
  batch.grid = {1, 1, 1};
  batch.cells = {0, 0};
  batch.energy = {1, 1};
  batch.impact_x = {0, 5001};
  batch.impact_y = {0, 0};
  ShowerWriter writer(file("like.h5"), batch.grid);
  writer.write(batch);
  writer.finish();
  ASSERT_EQ(simulate("--like '" + file("like.h5").string() + "'", "a.h5").status, 0);
  const ShowerBatch showers = showers_of("a.h5");
  EXPECT_EQ(showers.impact_x, batch.impact_x);
  EXPECT_LT(showers.escaped[0], 1);
  EXPECT_FLOAT_EQ(showers.escaped[1], 1);
}

TEST_F(SimulateImpact, IsPartOfTheRun) {
  ASSERT_EQ(shoot("-n 3 --impact 1,2 --impact-spread 0.5", "run.h5").status, 0);
  const std::string source = ShowerReader(file("run.h5")).provenance().source;
  EXPECT_NE(source.find("impact 1,2 mm, spread 0.5 mm"), std::string::npos) << source;
  for (const char* other : {"", "--impact 1,2", "--impact 1,2.5 --impact-spread 0.5",
                            "--impact-spread 0.5", "--impact 1,2 --impact-spread cell"}) {
    const CommandResult result = shoot(std::string("-n 6 --resume ") + other, "run.h5");
    EXPECT_EQ(result.status, 2) << other;
    EXPECT_NE(result.errors.find("source is"), std::string::npos) << result.errors;
  }
  const std::string same = "-n 6 --impact 1.0,2 --impact-spread .5";
  ASSERT_EQ(shoot(same + " --resume", "run.h5").status, 0);
  ASSERT_EQ(shoot(same, "whole.h5").status, 0);
  EXPECT_EQ(showers_of("run.h5").cells, showers_of("whole.h5").cells);
  EXPECT_EQ(showers_of("run.h5").impact_x, showers_of("whole.h5").impact_x);
}

TEST_F(SimulateImpact, SaysWhatIsWrong) {
  const std::pair<std::string, std::string> cases[] = {
      {"--impact 3", "--impact does not understand '3'; give X,Y in mm"},
      {"--impact 3,", "does not understand"},
      {"--impact 3,4,5", "does not understand"},
      {"--impact nan,0", "does not understand"},
      {"--impact 0,inf", "does not understand"},
      {"--impact x,y", "does not understand"},
      {"--impact 7.6,0", "impact 7.6,0 mm is beside the detector's cells; stay within 15 x 15 mm"},
      {"--impact 0,-7.6", "beside the detector's cells"},
      {"--impact 5001,0", "impact 5001,0 mm is beside the detector; stay within 10000 x 10000 mm"},
      {"--impact-spread -1", "not negative"},
      {"--impact-spread nan", "does not understand"},
      {"--impact-spread wide", "does not understand"},
      {"--impact-spread 5001", "wider than the detector"}};
  for (const auto& [arguments, text] : cases) expect_refused(box() + "-n 1 " + arguments, text);
}

}  // namespace
}  // namespace showergan
