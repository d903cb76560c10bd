// validate as its users meet it, with made-up showers.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "command_line.hpp"
#include "store/shower_reader.hpp"
#include "store/shower_writer.hpp"
#include "support/toy_training.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::CommandResult;
using test::run_showergan;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// mc.h5 and gan.h5 of one kind of showers, and bad.h5, the same with every cell 1.5 times as hot.
class Validate : public testing::Test {
 protected:
  Validate() {
    test::write_toy_showers(file("mc.h5"), 900, 1);
    test::write_toy_showers(file("gan.h5"), 900, 2);
    ShowerReader reader(file("gan.h5"));
    ShowerBatch batch = reader.read(0, reader.size());
    for (float& cell : batch.cells) cell *= 1.5f;
    ShowerWriter writer(file("bad.h5"), batch.grid);
    writer.write(batch);
    writer.finish();
  }
  fs::path file(const std::string& name) const { return folder_ / name; }
  std::string option(const std::string& name, const std::string& path) const {
    return " --" + name + " '" + file(path).string() + "'";
  }
  CommandResult validate(const std::string& arguments) const {
    return run_showergan("validate -q" + option("reference", "mc.h5") + arguments);
  }
  /// metrics.json of gan.h5.
  void write_report(const std::string& folder) const {
    const auto result = validate(option("candidate", "gan.h5") + option("output", folder));
    ASSERT_EQ(result.status, 0) << result.errors;
  }
  test::TemporaryFolder folder_;
};

TEST_F(Validate, WritesAPageWithEverythingInside) {
  const CommandResult result =
      run_showergan("validate" + option("reference", "mc.h5") + option("candidate", "gan.h5") +
                    option("candidate", "bad.h5") + option("output", "report"));
  ASSERT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "report/index.html")) << result.output;
  const std::string page = text_of(file("report/index.html"));
  EXPECT_TRUE(holds(page, "Validation of gan, bad against mc"));
  EXPECT_TRUE(holds(page, "No limits given"));
  EXPECT_TRUE(holds(page, "Single showers"));
  EXPECT_FALSE(holds(page, "http"));
  EXPECT_LT(page.size(), 6'000'000u);
  const auto curves = nlohmann::json::parse(text_of(file("report/histograms.json")));
  EXPECT_EQ(curves["figures"][0]["panels"][0]["curves"].size(), 3u);
  const auto metrics = nlohmann::json::parse(text_of(file("report/metrics.json")));
  ASSERT_EQ(metrics["candidates"].size(), 2u);
  const auto value = [&](std::size_t candidate) {
    return metrics["candidates"][candidate]["metrics"]["response_mre"]["value"].get<double>();
  };
  EXPECT_LT(value(0), 0.1);
  EXPECT_NEAR(value(1), 0.5, 0.1);
}

TEST_F(Validate, FilesOfOneNameAreCalledByTheirPaths) {
  fs::create_directory(file("other"));
  fs::copy_file(file("gan.h5"), file("other/gan.h5"));
  const CommandResult result =
      validate(option("candidate", "gan.h5") + option("candidate", "other/gan.h5"));
  EXPECT_TRUE(holds(result.output, "other/gan.h5")) << result.output;
}

TEST_F(Validate, LimitsDecideTheExitStatus) {
  std::ofstream(file("limits.toml")) << "response_mre = 0.1\nspectrum_mre = { value = 0.5 }\n"
                                        "\"separation[m1_x]\" = 0.9\n";
  const std::string limits = option("require", "limits.toml");
  const CommandResult good = validate(option("candidate", "gan.h5") + limits);
  EXPECT_EQ(good.status, 0) << good.output << good.errors;
  EXPECT_TRUE(holds(good.output, "3 of 3 kept")) << good.output;
  const CommandResult bad = validate(option("candidate", "gan.h5") + option("candidate", "bad.h5") +
                                     limits + option("output", "report"));
  EXPECT_EQ(bad.status, 1);
  EXPECT_TRUE(holds(bad.output, "\nFAILED bad: response_mre: excess 0.")) << bad.output;
  EXPECT_FALSE(holds(bad.output, "FAILED gan")) << bad.output;
  EXPECT_TRUE(holds(bad.errors, "limits.toml); the table and the report say which")) << bad.errors;
  EXPECT_TRUE(holds(text_of(file("report/index.html")), "Failed: "));
  EXPECT_TRUE(holds(text_of(file("report/metrics.json")), "\"passed\": false"));
}

TEST_F(Validate, AWrongLimitIsTheUsersMistake) {
  std::ofstream(file("limits.toml")) << "respons_mre = 0.1\n";
  const CommandResult result =
      validate(option("candidate", "gan.h5") + option("require", "limits.toml"));
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(holds(result.errors, "did you mean 'response_mre'?")) << result.errors;
  EXPECT_EQ(validate(option("candidate", "gan.h5") + option("require", "none.toml")).status, 2);
}

TEST_F(Validate, AMetricWithoutAValueFails) {
  test::write_toy_showers(file("few.h5"), 30, 3);
  std::ofstream(file("limits.toml")) << "response_mre = { value = 1000 }\n";
  const CommandResult result =
      validate(option("candidate", "few.h5") + option("require", "limits.toml"));
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(holds(result.output, "FAILED few: response_mre: no value: no energy bin holds"))
      << result.output;
}

TEST_F(Validate, AnEarlierReportDecidesTheExitStatus) {
  write_report("before");
  const std::string against = option("against", "before/metrics.json");
  const CommandResult same = validate(option("candidate", "gan.h5") + against + " --tolerance 0");
  EXPECT_EQ(same.status, 0) << same.output << same.errors;
  EXPECT_TRUE(holds(same.output, "metrics compared, 0 worse")) << same.output;
  const CommandResult worse = validate(option("candidate", "bad.h5") + against);
  EXPECT_EQ(worse.status, 1);
  EXPECT_TRUE(holds(worse.output, "\nWORSE response_mre: ")) << worse.output;
  EXPECT_TRUE(holds(worse.errors, "worse than before")) << worse.errors;
}

TEST_F(Validate, WhatDoesNotGoTogetherIsSaid) {
  const std::string gan = option("candidate", "gan.h5");
  EXPECT_EQ(validate(gan + " --tolerance 0.1").status, 2);
  EXPECT_EQ(validate(gan + option("against", "mc.h5")).status, 2);
  std::ofstream(file("m.json")) << R"({"metrics": {"a": {"value": 1}}})";
  EXPECT_EQ(validate(gan + gan + option("against", "m.json")).status, 2);
  const CommandResult many = validate(gan + gan + gan + gan + gan + gan);
  EXPECT_EQ(many.status, 2);
  EXPECT_TRUE(holds(many.errors, "6 candidates are too many; give up to 5 at a time"))
      << many.errors;
  EXPECT_EQ(run_showergan("validate --card first-light" + gan + gan).status, 2);
}

TEST_F(Validate, AHandfulOfShowersIsNotCompared) {
  test::write_toy_showers(file("few.h5"), 19, 3);
  const CommandResult result = validate(option("candidate", "few.h5"));
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(holds(result.errors, "few.h5' (19); give 20 at least, better 2000")) << result.errors;
}

TEST_F(Validate, AFileIsNotComparedWithItself) {
  fs::create_symlink(file("mc.h5"), file("gan2.h5"));
  for (const std::string name : {"mc.h5", "gan2.h5"}) {
    const CommandResult result = validate(option("candidate", name));
    EXPECT_EQ(result.status, 2);
    EXPECT_TRUE(holds(result.errors, "is given twice (as --reference and --candidate)"))
        << result.errors;
  }
  const CommandResult twice =
      validate(option("candidate", "gan.h5") + option("candidate", "gan.h5"));
  EXPECT_EQ(twice.status, 2);
  EXPECT_TRUE(holds(twice.errors, "is given twice (as --candidate)")) << twice.errors;
}

TEST_F(Validate, ClassifiersAreChosenByName) {
  test::write_toy_showers(file("few.h5"), 100, 3);
  test::write_toy_showers(file("more.h5"), 100, 4);
  const std::string few =
      "validate -q" + option("reference", "few.h5") + option("candidate", "more.h5");
  const auto result = run_showergan(few + " --classifiers cnn,low");
  ASSERT_EQ(result.status, 0) << result.errors;
  EXPECT_FALSE(holds(result.output, "auc_high"));
  const auto low = result.output.find("auc_low");
  ASSERT_NE(low, std::string::npos);
  EXPECT_NE(result.output.find("auc_cnn", low), std::string::npos);
  for (const std::string wrong : {"deep", "high,deep", "none,high", ",high"}) {
    const auto refused = run_showergan(few + " --classifiers " + wrong);
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(holds(refused.errors,
                      "(--classifiers " + wrong + "); give none, all, or some of high,low,cnn"))
        << refused.errors;
  }
}

TEST_F(Validate, GridsMustAgree) {
  ShowerBatch batch;
  batch.grid = {2, 2, 2};
  batch.energy = {10};
  batch.cells.assign(8, 0.1f);
  ShowerWriter writer(file("small.h5"), batch.grid);
  writer.write(batch);
  writer.finish();
  const CommandResult result =
      validate(option("candidate", "gan.h5") + option("candidate", "small.h5"));
  EXPECT_EQ(result.status, 2);
  EXPECT_TRUE(holds(result.errors, "the files have different grids")) << result.errors;
  EXPECT_TRUE(holds(result.errors, "small.h5' 2x2x2")) << result.errors;
}

}  // namespace
}  // namespace showergan
