#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "apps/command_line.hpp"
#include "physics/toy_showers.hpp"
#include "store/shower_writer.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

class CompareShowers : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / name; }
  std::string option(const std::string& name, const std::string& file) const {
    return " --" + name + " '" + path(file) + "'";
  }

  void write(const std::string& name, const ShowerBatch& batch) const {
    ShowerWriter writer(path(name), batch.grid);
    writer.write(batch);
    writer.finish();
  }

  void write_toys(const std::string& name, std::uint64_t seed, std::int64_t count) const {
    write(name, test::toy_showers(seed, test::toy_energies(seed, count)));
  }

  CommandResult validate(const std::string& more) const {
    return run_showergan("validate --quiet" + option("reference", "mc.h5") +
                         option("candidate", "gan.h5") + " -o '" + path("report") + "' " + more);
  }

  nlohmann::json metrics() const {
    return nlohmann::json::parse(std::ifstream(path("report/metrics.json")));
  }

  test::TemporaryFolder folder_;
};

TEST_F(CompareShowers, TrainingShowersGiveMemorisationAndALibrary) {
  write_toys("mc.h5", 1, 400);
  write_toys("gan.h5", 2, 400);
  write_toys("training.h5", 3, 100);
  const CommandResult result = validate(option("training", "training.h5"));
  ASSERT_EQ(result.status, 0) << result.errors;
  const nlohmann::json report = metrics();
  EXPECT_NEAR(report["metrics"]["memorisation"]["value"].get<double>(), 1, 0.1);
  EXPECT_GT(report["metrics"]["memorisation"]["uncertainty"].get<double>(), 0);
  EXPECT_GT(report["metrics"]["response_mre"]["uncertainty"].get<double>(), 0);
  EXPECT_GT(report["metrics"]["fpd"]["value"].get<double>(), 0);
  EXPECT_EQ(report["bins"].size(), 10U);
  const nlohmann::json library = report["yardsticks"]["shower_library"];
  EXPECT_NE(
      library["candidate"]["file"].get<std::string>().find(" of 100 showers used, each up to "),
      std::string::npos);
  // A lookup table of rescaled showers has their response, but fewer of them.
  EXPECT_LT(library["metrics"]["response_mre"]["value"].get<double>(), 0.05);
  EXPECT_LT(library["metrics"]["recall"]["value"].get<double>(),
            report["metrics"]["recall"]["value"].get<double>());
  EXPECT_LT(library["metrics"]["memorisation"]["value"].get<double>(), 0.97);
  EXPECT_NE(result.output.find("shower_library"), std::string::npos);
}

TEST_F(CompareShowers, ALibraryIsAskedForWithoutTraining) {
  write_toys("mc.h5", 1, 60);
  write_toys("gan.h5", 2, 60);
  write_toys("library.h5", 3, 60);
  ASSERT_EQ(validate(option("library", "library.h5")).status, 0);
  EXPECT_FALSE(metrics()["metrics"].contains("memorisation"));
  EXPECT_TRUE(metrics()["yardsticks"].contains("shower_library"));
}

TEST_F(CompareShowers, RefusesFilesThatDoNotGoTogether) {
  write_toys("mc.h5", 1, 20);
  write_toys("gan.h5", 2, 20);
  write("other.h5", test::batch_of({3, 3, 3}, 10, {{1, 1, 1, 1}}));
  const CommandResult other = validate(option("library", "other.h5"));
  EXPECT_EQ(other.status, 2);
  EXPECT_EQ(other.errors, "showergan: the showers of '" + path("other.h5") +
                              "' have another grid than the reference; give showers of the same "
                              "calorimeter\n");
  const CommandResult same = validate(option("training", "mc.h5"));
  EXPECT_EQ(same.status, 2);
  EXPECT_EQ(same.errors, "showergan: '" + path("mc.h5") +
                             "' is the reference itself; give showers that are not in the "
                             "reference\n");
}

}  // namespace
}  // namespace showergan
