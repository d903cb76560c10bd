#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "apps/command_line.hpp"
#include "store/named_arrays.hpp"
#include "store/sample_showers.hpp"
#include "store/shower_reader.hpp"
#include "store/shower_writer.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;
using test::sample_showers;

class ConvertShowers : public ::testing::Test {
 protected:
  ConvertShowers() {
    WriteOptions options;
    options.provenance = {"a detector", "a test", 7};
    ShowerWriter writer(path("in.h5"), grid_, options);
    writer.write(batch_);
    writer.finish();
  }

  std::string path(const std::string& name) const { return folder_ / name; }

  /// Runs convert with those options on two files of the folder.
  CommandResult convert(const std::string& in, const std::string& out, const std::string& options,
                        const std::string& before = "") const {
    return run_showergan("convert '" + path(in) + "' '" + path(out) + "' " + options, before);
  }

  test::TemporaryFolder folder_;
  Grid grid_{4, 3, 5};
  ShowerBatch batch_ = sample_showers(grid_, 0, 150, true, true);
};

TEST_F(ConvertShowers, ToCaloChallengeAndBack) {
  const CommandResult there = convert("in.h5", "cc.h5", "--to calochallenge -q");
  EXPECT_EQ(there.status, 0) << there.errors;
  EXPECT_EQ(there.errors.find("showergan: warning: without --binning"), 0U) << there.errors;
  EXPECT_TRUE(std::filesystem::exists(path("cc.binning.xml")));
  EXPECT_EQ(ShowerReader(path("cc.h5")).layout(), ShowerLayout::calochallenge);
  const CommandResult back = convert("cc.h5", "back.h5", "--to 3dgan -q");
  EXPECT_EQ(back.status, 0) << back.errors;
  EXPECT_EQ(back.errors, "");
  ShowerReader reader(path("back.h5"));
  EXPECT_EQ(reader.provenance().source, "a test");
  EXPECT_EQ(reader.provenance().seed, 7U);
  EXPECT_EQ(reader.axes(), "x, y, z");
  const ShowerBatch got = reader.read(0, reader.size());
  ASSERT_EQ(got.size(), batch_.size());
  EXPECT_EQ(got.grid, grid_);
  EXPECT_EQ(got.theta, batch_.theta);
  EXPECT_EQ(got.impact_x, batch_.impact_x);
  EXPECT_EQ(got.impact_y, batch_.impact_y);
  ASSERT_EQ(got.escaped.size(), batch_.escaped.size());
  for (std::size_t i = 0; i < got.escaped.size(); ++i) {
    ASSERT_FLOAT_EQ(got.escaped[i], batch_.escaped[i]);
  }
  for (std::size_t i = 0; i < got.cells.size(); ++i) ASSERT_FLOAT_EQ(got.cells[i], batch_.cells[i]);
}

TEST_F(ConvertShowers, KeepsAllColumns) {
  EXPECT_EQ(convert("in.h5", "out.h5", "-q").status, 0);
  const ShowerBatch got = ShowerReader(path("out.h5")).read(0, 150);
  EXPECT_EQ(got.theta, batch_.theta);
  EXPECT_EQ(got.phi, batch_.phi);
  EXPECT_EQ(got.impact_x, batch_.impact_x);
  EXPECT_EQ(got.impact_y, batch_.impact_y);
  EXPECT_EQ(got.escaped, batch_.escaped);
}

TEST_F(ConvertShowers, AppliesAScale) {
  EXPECT_EQ(convert("in.h5", "out.h5", "--scale 0.5 -q").status, 0);
  const ShowerBatch got = ShowerReader(path("out.h5")).read(0, 1);
  for (std::size_t i = 0; i < got.cells.size(); ++i) {
    ASSERT_FLOAT_EQ(got.cells[i], 0.5F * batch_.cells[i]);
  }
}

TEST_F(ConvertShowers, ShowsTheLastLineOfProgress) {
  const CommandResult result = convert("in.h5", "out.h5", "");
  EXPECT_EQ(result.errors.find("150 of 150 showers, 100 %"), 0U) << result.errors;
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1);
}

TEST_F(ConvertShowers, DoesNotOverwriteUnasked) {
  std::ofstream(path("out.h5")) << "old";
  const CommandResult refused = convert("in.h5", "out.h5", "-q");
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.errors, "showergan: the output file '" + path("out.h5") +
                                "' already exists; choose another name or overwrite it with "
                                "--force\n");
  EXPECT_EQ(convert("in.h5", "out.h5", "-q --force").status, 0);
  EXPECT_EQ(ShowerReader(path("out.h5")).size(), 150);
}

TEST_F(ConvertShowers, MayReplaceItsInput) {
  EXPECT_EQ(convert("in.h5", "in.h5", "-q --force").status, 0);
  EXPECT_EQ(ShowerReader(path("in.h5")).size(), 150);
}

TEST_F(ConvertShowers, BadRowLeavesNothing) {
  batch_.cells[static_cast<std::size_t>(grid_.cells() * 100)] = -1;
  // Not with ShowerWriter: that refuses such showers itself.
  write_named_arrays(path("in.h5"),
                     {{"ECAL", {{150, grid_.nx, grid_.ny, grid_.nz}, batch_.cells}},
                      {"energy", {{150}, batch_.energy}}},
                     {}, true);
  const CommandResult result = convert("in.h5", "out.h5", "-q");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1);
  EXPECT_NE(result.errors.find("row 100, cell 0)"), std::string::npos) << result.errors;
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ConvertShowers, FullDiskIsOneLineAndStatus1) {
  const CommandResult result = convert("in.h5", "out.h5", "-q", "ulimit -f 4;");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.errors, "showergan: cannot write '" + path("out.h5") +
                               "' (File too large); free some space or choose another folder\n");
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ConvertShowers, WrongOptionsAreOneLineAndStatus2) {
  for (const char* options : {"--to root", "--scale -1", "--scale x", "--nonsense"}) {
    const CommandResult result = convert("in.h5", "out.h5", options);
    EXPECT_EQ(result.status, 2) << options;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_EQ(result.errors.find("showergan: "), 0U) << result.errors;
  }
  EXPECT_EQ(folder_.entries(), 1);
}

}  // namespace
}  // namespace showergan
