#include "physics/report/report_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"

#include "base/file_content.hpp"
#include "physics/report/gnuplot.hpp"
#include "physics/report/report_json.hpp"
#include "physics/report/sections.hpp"
#include "physics/toy_showers.hpp"
#include "sample_report.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::physics {
namespace {

namespace fs = std::filesystem;

/// A report with the figures of the energy and the correlations.
Report toy_report() {
  static const ShowerSet reference =
      test::measured(test::toy_showers(1, test::toy_energies(1, 500)));
  static const ShowerSet candidate =
      test::measured(test::toy_showers(2, test::toy_energies(1, 500)));
  const DrawnSets sets({Sample(reference), Sample(candidate)},
                       {"Monte Carlo: a'b.h5", {"candidate: `c`.h5"}});
  Report report = test::sample_report();
  report.sections = {energy_section(sets), correlation_section(sets)};
  return report;
}

void write_report(const ReportFolder& folder) {
  folder.write(toy_report(), "{}\n", 2);
}

/// Makes gnuplot impossible to find while it lives.
class EmptyPath {
 public:
  EmptyPath() : path_(std::getenv("PATH")) { setenv("PATH", "/nonexistent", 1); }
  ~EmptyPath() { setenv("PATH", path_.c_str(), 1); }
  EmptyPath(const EmptyPath&) = delete;
  EmptyPath& operator=(const EmptyPath&) = delete;

 private:
  std::string path_;
};

TEST(ReportFolder, HoldsPageNumbersAndFigures) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  const test::TemporaryFolder temporary;
  const fs::path path = temporary / "new/report";
  write_report(ReportFolder(path, false));
  EXPECT_EQ(file_content(path / "metrics.json"), "{}\n");
  EXPECT_EQ(file_content(path / "histograms.json"), histograms_json(toy_report()));
  for (const char* name : {"energy", "correlation"}) {
    EXPECT_EQ(file_content(path / (std::string(name) + ".png")).substr(1, 3), "PNG") << name;
    EXPECT_NE(file_content(path / (std::string(name) + ".svg")).find("</svg>"), std::string::npos)
        << name;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(path), {}), 7);
  EXPECT_NE(file_content(path / "energy.svg").find("primary energy (GeV)"), std::string::npos);
  const std::string page = file_content(path / "index.html");
  EXPECT_NE(page.find("data:image/svg+xml;base64,"), std::string::npos);
  EXPECT_EQ(page.find("not drawn"), std::string::npos);
}

TEST(ReportFolder, WithoutGnuplotHasNoFiguresAndNoOldOnes) {
  const test::TemporaryFolder temporary;
  std::ofstream(temporary / "radial.png") << "old";
  std::ofstream(temporary / "holiday.png") << "the user's";
  std::ofstream(temporary / "histograms.json")
      << "{\"figures\": [{\"name\": \"radial\"}, {\"name\": \"../radial\"}]}";
  const EmptyPath no_gnuplot;
  testing::internal::CaptureStderr();
  write_report(ReportFolder(temporary.path(), true));
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "showergan: warning: gnuplot was not found: the report has no figures; install "
            "gnuplot-nox for them\n");
  EXPECT_TRUE(fs::exists(temporary / "metrics.json"));
  EXPECT_FALSE(fs::exists(temporary / "radial.png"));
  EXPECT_TRUE(fs::exists(temporary / "holiday.png"));
  EXPECT_NE(file_content(temporary / "index.html").find("not drawn"), std::string::npos);
}

TEST(ReportFolder, KeepsAnEarlierReportWithoutForce) {
  const test::TemporaryFolder temporary;
  std::ofstream(temporary / "notes.txt") << "no report";
  EXPECT_NO_THROW(ReportFolder(temporary.path(), false));
  std::ofstream(temporary / "metrics.json") << "{}";
  const std::string error = test::input_error([&] { ReportFolder(temporary.path(), false); });
  EXPECT_EQ(error, "the folder '" + temporary.path().string() +
                       "' already holds a report (metrics.json); choose another folder or "
                       "overwrite it with --force");
  EXPECT_NO_THROW(ReportFolder(temporary.path(), true));
}

TEST(ReportFolder, LeavesNothingAndTakesNothingIfTheDiskIsFull) {
  const test::TemporaryFolder temporary;
  const fs::path path = temporary / "report";
  const ReportFolder folder(path, false);
  const auto fail = [&] {
    const test::FileSizeLimit full(16);
    EXPECT_THROW(write_report(folder), Error);
  };
  fail();
  EXPECT_TRUE(fs::is_empty(path));
  EXPECT_NO_THROW(ReportFolder(path, false));
  std::ofstream(path / "metrics.json") << "earlier";
  std::ofstream(path / "energy.png") << "earlier";
  std::ofstream(path / "histograms.json") << "{\"figures\": [{\"name\": \"energy\"}]}";
  fail();
  EXPECT_EQ(file_content(path / "metrics.json"), "earlier");
  EXPECT_EQ(file_content(path / "energy.png"), "earlier");
  EXPECT_EQ(std::distance(fs::directory_iterator(path), {}), 3);
}

TEST(ReportFolder, CannotBeAFile) {
  const test::TemporaryFolder temporary;
  std::ofstream(temporary / "file") << "x";
  for (const char* name : {"file", "file/below"}) {
    EXPECT_NE(test::input_error([&] {
                ReportFolder(temporary / name, true);
              }).find("cannot create the folder"),
              std::string::npos);
  }
}

TEST(Gnuplot, SaysWhatIsWrongAndLeavesNoFile) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  const test::TemporaryFolder temporary;
  const auto complaint =
      draw(temporary / "x.png", [](const fs::path&) { return "plot nonsense(\n"; });
  ASSERT_TRUE(complaint);
  EXPECT_NE(complaint->find("invalid expression"), std::string::npos) << *complaint;
  EXPECT_EQ(temporary.entries(), 0);
}

}  // namespace
}  // namespace showergan::physics
