// validate --identify as its users meet it.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "apps/command_line.hpp"
#include "physics/identification/two_particles.hpp"
#include "store/shower_writer.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class IdentifyShowers : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / name; }

  /// A file that says of which particle it is, if any.
  void write(const std::string& name, const ShowerBatch& batch,
             const std::string& particle = "") const {
    WriteOptions options;
    if (!particle.empty()) {
      options.provenance.source = "Monte Carlo (showergan 0.1.0): " + particle + ", 10:100 GeV";
    }
    ShowerWriter writer(path(name), batch.grid, options);
    writer.write(batch);
    writer.finish();
  }

  /// mc.h5 and gan.h5 of electrons, gamma.h5 of another particle.
  void write_toys(std::int64_t count) const {
    const auto energies = test::toy_energies(1, count);
    write("mc.h5", test::toy_showers(1, energies), "e-");
    write("gan.h5", test::toy_showers(2, energies));
    write("gamma.h5", test::deeper_showers(3, test::toy_energies(3, count)), "gamma");
  }

  CommandResult validate(const std::string& more) const {
    return run_showergan("validate -q --classifiers none --reference '" + path("mc.h5") +
                         "' --candidate '" + path("gan.h5") + "' " + more);
  }
  CommandResult identify(const std::string& file, const std::string& more = "") const {
    return validate("--identify '" + path(file) + "' " + more);
  }
  /// What a wrong use says.
  std::string complaint(const CommandResult& result) const {
    EXPECT_EQ(result.status, 2) << result.output << result.errors;
    EXPECT_EQ(std::ranges::count(result.errors, '\n'), 1) << result.errors;
    return result.errors;
  }

  test::TemporaryFolder folder_;
};

TEST_F(IdentifyShowers, GivesMetricsATableAndAFigure) {
  write_toys(500);
  std::ofstream(path("limits.toml")) << "\"pid_efficiency_shift[gamma]\" = { value = 0.2 }\n";
  const CommandResult result =
      identify("gamma.h5", "--identify 'pi0=" + path("gamma.h5") + "' --require '" +
                               path("limits.toml") + "' -o '" + path("report") + "'");
  ASSERT_EQ(result.status, 0) << result.output << result.errors;
  EXPECT_TRUE(holds(result.output, "\nParticle identification\n  pid_separation[gamma]"));
  const auto report = nlohmann::json::parse(std::ifstream(path("report/metrics.json")));
  for (const std::string name : {"pid_separation[gamma]", "pid_efficiency_shift[pi0]"}) {
    const auto& metric = report["metrics"][name];
    EXPECT_GE(metric["showers"].get<int>(), 100) << name;
    EXPECT_LE(metric["showers"].get<int>(), 125) << name << ": half of the half that is kept";
    EXPECT_LT(metric["value"].get<double>(),
              metric["floor"].get<double>() + 4 * metric["uncertainty"].get<double>())
        << name;
  }
  ASSERT_EQ(report["identification"].size(), 2u);
  EXPECT_GT(report["identification"][0]["auc"]["value"].get<double>(), 0.8);
  EXPECT_EQ(report["identification"][1]["other"], "pi0");
  std::ostringstream page;
  page << std::ifstream(path("report/index.html")).rdbuf();
  EXPECT_TRUE(holds(page.str(), "Particle identification"));
  EXPECT_TRUE(holds(page.str(), "learnt from"));
}

TEST_F(IdentifyShowers, ReadsTheParticleOfASimulatedFile) {
  const auto simulate = [&](const std::string& particle, const std::string& name) {
    const auto result =
        run_showergan("simulate -q -p " + particle + " -e 0.1:0.3 -n 320 -o '" + path(name) + "'");
    ASSERT_EQ(result.status, 0) << result.errors;
  };
  simulate("e-", "mc.h5");
  simulate("gamma", "gan.h5");
  simulate("pi0", "other.h5");
  const CommandResult result = identify("other.h5");
  ASSERT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "pid_separation[pi0]")) << result.output;
  simulate("e-", "same.h5");
  EXPECT_TRUE(
      holds(complaint(identify("same.h5")), "same.h5' holds showers of e-, as the reference does"));
}

TEST_F(IdentifyShowers, SaysWhatIsWrongBeforeTheComparison) {
  write_toys(300);
  const auto energies = test::toy_energies(4, 300);
  write("nameless.h5", test::deeper_showers(4, energies));
  EXPECT_TRUE(holds(complaint(identify("nameless.h5")),
                    "nameless.h5' does not say of which particle its showers are; give --identify "
                    "PARTICLE="));
  EXPECT_TRUE(holds(complaint(validate("--identify 'a[b]=" + path("nameless.h5") + "'")),
                    "'a[b]' is no name of a particle"));
  EXPECT_TRUE(holds(complaint(validate("--identify 'e-=" + path("nameless.h5") + "'")),
                    "holds showers of e-, as the reference does"));
  EXPECT_TRUE(holds(complaint(validate("--identify 'pi0=" + path("gan.h5") + "'")),
                    "is both compared and given to --identify"));
  EXPECT_TRUE(holds(complaint(identify("gamma.h5", "--identify '" + path("gamma.h5") + "'")),
                    "gamma is given to --identify twice"));
  EXPECT_EQ(identify("none.h5").status, 2);
  write("few.h5", test::deeper_showers(5, test::toy_energies(5, 249)), "pi0");
  EXPECT_TRUE(holds(complaint(identify("few.h5")), "too few showers of pi0 to learn from"));
  write("far.h5", test::deeper_showers(6, std::vector<float>(300, 150.0f)), "pi0");
  EXPECT_TRUE(holds(complaint(identify("far.h5")), "0 at the energies of the reference"));
  ShowerBatch small = test::batch_of({2, 2, 2}, 10, {{0, 0, 0, 0.1f}});
  write("small.h5", small, "pi0");
  EXPECT_TRUE(holds(complaint(identify("small.h5")), "have another grid than the reference"));
  EXPECT_TRUE(
      holds(complaint(run_showergan("validate --card first-light --candidate '" + path("gan.h5") +
                                    "' --identify '" + path("gamma.h5") + "'")),
            "--identify needs showers to compare; give --reference and --candidate"));
}

TEST_F(IdentifyShowers, HasAReasonForACandidateOfFewShowers) {
  write_toys(300);
  write("gan.h5.few", test::toy_showers(2, test::toy_energies(2, 60)));
  std::filesystem::rename(path("gan.h5.few"), path("gan.h5"));
  const CommandResult result = identify("gamma.h5");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, "fewer than 100 showers to compare at the energies of gamma"))
      << result.output;
}

}  // namespace
}  // namespace showergan
