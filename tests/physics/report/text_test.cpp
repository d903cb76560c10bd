#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/report/report.hpp"
#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

ReportContext context() {
  ReportContext result;
  result.reference = {"mc.h5", 500, 10, 100, {{"source", "Geant4"}}};
  result.candidate = {"gan\xff.h5", 500, 10, 100, {}};
  result.detector = "clic-ecal";
  result.threshold = 1e-6;
  return result;
}

ComparisonResult result_with_gaps() {
  ComparisonResult result;
  result.metrics = {{"moments_shift", "Moments", 0.5, 0.3, 0.4, 250, ""},
                    {"spectrum_mre", "Cells", std::nullopt, std::nullopt, std::nullopt, 500,
                     "no bin holds 100 cells of the reference"},
                    {"hits_mre", "Cells", 0.25, std::nullopt, std::nullopt, 500, "too few"}};
  result.warnings = {"Fewer showers than wanted."};
  return result;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(TableText, AlignsNumbersUnderTheirGroups) {
  const std::string text = table_text(context(), result_with_gaps(), false);
  EXPECT_TRUE(holds(text, "Reference  mc.h5: 500 showers, 10 to 100 GeV\n"));
  EXPECT_TRUE(holds(text,
                    "  metric                           value     floor    excess\n"
                    "Moments\n"
                    "  moments_shift                   0.5000    0.3000    0.4000\n"
                    "Cells\n"
                    "  spectrum_mre                       n/a       n/a       n/a  no bin "
                    "holds 100 cells of the reference\n"
                    "  hits_mre                        0.2500       n/a       n/a\n"));
  EXPECT_TRUE(holds(text, "No floor: too few.\n"));
  EXPECT_TRUE(holds(text, "Observables compare 250 with 250 showers"));
  EXPECT_TRUE(holds(text, "\nwarning: Fewer showers than wanted.\n"));
  EXPECT_FALSE(holds(text, "\033"));
}

TEST(TableText, HasUncertaintiesAndYardsticksIfThereAreAny) {
  ComparisonResult result = result_with_gaps();
  result.metrics[0].uncertainty = 0.05;
  result.yardsticks = {{"shower_library", "a lookup table", {result.metrics[2]}}};
  const std::string text = table_text(context(), result, false);
  EXPECT_TRUE(holds(text,
                    "  metric                           value        +-     floor    excess\n"
                    "Moments\n"
                    "  moments_shift                   0.5000    0.0500    0.3000    0.4000\n"));
  EXPECT_TRUE(holds(text,
                    "Beside it: shower_library, a lookup table\n\n"
                    "  metric                           value     floor    excess\n"
                    "Cells\n"
                    "  hits_mre                        0.2500       n/a       n/a\n"));
}

TEST(TableText, WarnsInRedOnATerminal) {
  EXPECT_TRUE(holds(table_text(context(), result_with_gaps(), true),
                    "\033[31mwarning: Fewer showers than wanted.\033[0m\n"));
}

TEST(MetricsJson, HasNullForWhatIsMissing) {
  const auto json = nlohmann::json::parse(metrics_json(context(), result_with_gaps()));
  EXPECT_EQ(json["metrics"]["moments_shift"]["value"], 0.5);
  EXPECT_EQ(json["metrics"]["moments_shift"]["floor"], 0.3);
  EXPECT_EQ(json["metrics"]["moments_shift"]["excess"], 0.4);
  EXPECT_FALSE(json["metrics"]["moments_shift"].contains("reason"));
  EXPECT_TRUE(json["metrics"]["spectrum_mre"]["value"].is_null());
  EXPECT_TRUE(json["metrics"]["hits_mre"]["excess"].is_null());
  EXPECT_EQ(json["metrics"]["hits_mre"]["reason"], "too few");
  EXPECT_EQ(json["reference"]["showers"], 500);
  EXPECT_EQ(json["reference"]["attributes"]["source"], "Geant4");
  EXPECT_EQ(json["candidate"]["file"], "gan\xef\xbf\xbd.h5");
  EXPECT_EQ(json["warnings"].size(), 1u);
  EXPECT_EQ(json["energy_spectra"]["verdict"], "same");
}

TEST(MetricsJson, HasUncertaintiesBinsAndYardsticks) {
  ComparisonResult result = result_with_gaps();
  result.metrics[0].uncertainty = 0.05;
  result.bins = {{BinMetrics::Quantity::theta, 1.25, 1.5, 40, 30, result.metrics}};
  result.yardsticks = {{"shower_library", "a lookup table", result.metrics}};
  const auto json = nlohmann::json::parse(metrics_json(context(), result));
  EXPECT_EQ(json["metrics"]["moments_shift"]["uncertainty"], 0.05);
  EXPECT_TRUE(json["metrics"]["hits_mre"]["uncertainty"].is_null());
  EXPECT_EQ(json["bins"][0]["quantity"], "theta");
  EXPECT_EQ(json["bins"][0]["low"], 1.25);
  EXPECT_EQ(json["bins"][0]["reference_showers"], 40);
  EXPECT_EQ(json["bins"][0]["metrics"]["moments_shift"]["value"], 0.5);
  const auto library = json["yardsticks"]["shower_library"];
  EXPECT_EQ(library["description"], "a lookup table");
  EXPECT_EQ(library["metrics"]["hits_mre"]["value"], 0.25);
}

TEST(MetricsJson, OfARealComparisonParsesAndHasNoNaN) {
  const ShowerSet a = test::measured(test::toy_showers(1, test::toy_energies(1, 300)));
  const ShowerSet b = test::measured(test::toy_showers(2, test::toy_energies(2, 40)));
  const std::string text = metrics_json(context(), compare(a, b, {.threads = 2}));
  EXPECT_TRUE(nlohmann::json::accept(text));
  EXPECT_FALSE(holds(text, "nan"));
  EXPECT_FALSE(holds(text, "inf"));
}

class SummaryReport : public testing::Test {
 protected:
  SummaryComparison result_ = [] {
    const Summary summary =
        summarize(test::measured(test::toy_showers(1, test::toy_energies(1, 2000))), "toy");
    const std::vector<float> energies(200, 50.0f);
    return compare_with_summary(summary, test::measured(test::toy_showers(2, energies)));
  }();
};

TEST_F(SummaryReport, HasALineForEachBin) {
  const std::string text = table_text(context(), result_, false);
  EXPECT_TRUE(holds(text, "Monte Carlo     candidate       deviation (%)"));
  EXPECT_TRUE(holds(text, "n/a: fewer than 20 showers of the candidate"));
  EXPECT_TRUE(holds(text, "Cells above 300 keV"));
  EXPECT_TRUE(holds(text, "No floor: a floor needs the Monte Carlo showers, not their summary."));
}

TEST_F(SummaryReport, IsJsonWithBins) {
  const auto json = nlohmann::json::parse(metrics_json(context(), result_));
  ASSERT_EQ(json["bins"].size(), 10u);
  EXPECT_FALSE(json["bins"][0].contains("depth"));
  EXPECT_EQ(json["bins"][4]["showers"], 200);
  EXPECT_NEAR(json["bins"][4]["sampling_fraction"]["deviation"].get<double>(), 0, 0.05);
  EXPECT_TRUE(json["metrics"]["sampling_fraction_mre"]["floor"].is_null());
}

}  // namespace
}  // namespace showergan::physics
