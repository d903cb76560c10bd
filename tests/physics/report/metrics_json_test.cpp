#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/report/report_json.hpp"
#include "physics/toy_showers.hpp"
#include "sample_identification.hpp"
#include "sample_report.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(MetricsJson, HasNullForWhatIsMissing) {
  Report report = test::sample_report();
  report.candidates[0].metrics[0].uncertainty = 0.05;
  const auto json = nlohmann::json::parse(metrics_json(report));
  EXPECT_EQ(json["metrics"]["moments_shift"]["value"], 0.5);
  EXPECT_EQ(json["metrics"]["moments_shift"]["floor"], 0.3);
  EXPECT_EQ(json["metrics"]["moments_shift"]["excess"], 0.4);
  EXPECT_EQ(json["metrics"]["moments_shift"]["uncertainty"], 0.05);
  EXPECT_FALSE(json["metrics"]["moments_shift"].contains("reason"));
  EXPECT_TRUE(json["metrics"]["spectrum_mre"]["value"].is_null());
  EXPECT_FALSE(json["metrics"]["spectrum_mre"].contains("uncertainty"));
  EXPECT_TRUE(json["metrics"]["hits_mre"]["excess"].is_null());
  EXPECT_EQ(json["metrics"]["hits_mre"]["reason"], "too few");
  EXPECT_EQ(json["reference"]["showers"], 500);
  EXPECT_EQ(json["reference"]["attributes"]["source"], "Geant4");
  EXPECT_EQ(json["candidate"]["file"], "gan\xef\xbf\xbd.h5");
  EXPECT_EQ(json["warnings"].size(), 1u);
  EXPECT_EQ(json["energy_spectra"]["verdict"], "same");
  EXPECT_FALSE(json.contains("gate"));
  EXPECT_FALSE(json.contains("regression"));
}

TEST(MetricsJson, HasTheIdentificationWhereThereIsOne) {
  Report report = test::sample_report();
  EXPECT_FALSE(nlohmann::json::parse(metrics_json(report)).contains("identification"));
  report.candidates[0].identifications = {test::sample_identification("gamma")};
  const auto json = nlohmann::json::parse(metrics_json(report));
  EXPECT_EQ(json["identification"][0]["other"], "gamma");
}

TEST(MetricsJson, ListsSeveralCandidates) {
  const Report report = test::sample_report_of_two();
  const auto json = nlohmann::json::parse(metrics_json(report));
  ASSERT_EQ(json["candidates"].size(), 2u);
  EXPECT_EQ(json["candidates"][0]["candidate"]["label"], "gan");
  EXPECT_EQ(json["candidates"][1]["metrics"]["fpd"]["value"], 12);
  EXPECT_FALSE(json.contains("metrics"));
  EXPECT_FALSE(json.contains("yardsticks"));
}

TEST(MetricsJson, HasYardsticksByTheirLabels) {
  Report report = test::sample_report_of_two();
  report.candidates[1].yardstick = true;
  const auto json = nlohmann::json::parse(metrics_json(report));
  EXPECT_EQ(json["candidate"]["label"], "gan");
  EXPECT_EQ(json["yardsticks"][report.candidates[1].info.label]["metrics"]["fpd"]["value"], 12);
}

TEST(MetricsJson, HasBins) {
  Report report = test::sample_report();
  JudgedSet& set = report.candidates[0];
  set.bins = {{BinMetrics::Quantity::theta, 1.25, 1.5, 40, 30, set.metrics}};
  const auto json = nlohmann::json::parse(metrics_json(report));
  EXPECT_EQ(json["bins"][0]["quantity"], "theta");
  EXPECT_EQ(json["bins"][0]["low"], 1.25);
  EXPECT_EQ(json["bins"][0]["reference_showers"], 40);
  EXPECT_EQ(json["bins"][0]["metrics"]["moments_shift"]["value"], 0.5);
}

TEST(MetricsJson, HasTheTrainingsOfClassifiers) {
  Report report = test::sample_report();
  ClassifierResult trained;
  trained.name = "auc_high";
  trained.auc = 0.75;
  trained.per_seed = {0.75, 0.5, 1};
  trained.epochs = {11, 12, 13};
  trained.training_seconds = 4;
  ClassifierResult untrained;
  untrained.name = "auc_low";
  report.candidates[0].classifiers = {trained, untrained};
  const auto json = nlohmann::json::parse(metrics_json(report));
  const auto& classifiers = json["classifiers"];
  EXPECT_EQ(classifiers["auc_high"]["per_seed"], (std::vector<double>{0.75, 0.5, 1}));
  EXPECT_EQ(classifiers["auc_high"]["epochs"], (std::vector<int>{11, 12, 13}));
  EXPECT_EQ(classifiers["auc_high"]["seconds"], 4);
  EXPECT_FALSE(classifiers.contains("auc_low"));
}

TEST(MetricsJson, KeepsWhatLimitsAndTheEarlierReportSay) {
  Report report = test::sample_report();
  report.gate = GateResult{"limits.toml", {{"gan", "hits_mre", Verdict::broken, "too much"}}};
  report.regression = Regression{"old.json", 3, {{"hits_mre", "more"}}};
  const auto json = nlohmann::json::parse(metrics_json(report));
  EXPECT_EQ(json["gate"]["passed"], false);
  EXPECT_EQ(json["gate"]["checks"][0]["verdict"], "broken");
  EXPECT_EQ(json["regression"]["compared"], 3);
  EXPECT_EQ(json["regression"]["worse"]["hits_mre"], "more");
}

TEST(MetricsJson, OfARealComparisonParsesAndHasNoNaN) {
  const ShowerSet a = test::measured(test::toy_showers(1, test::toy_energies(1, 300)));
  const ShowerSet b = test::measured(test::toy_showers(2, test::toy_energies(2, 40)));
  Report report = test::sample_report();
  report.candidates[0].metrics = compare(a, b, {.threads = 2}).metrics;
  const std::string text = metrics_json(report);
  EXPECT_TRUE(nlohmann::json::accept(text));
  EXPECT_FALSE(holds(text, "nan"));
  EXPECT_FALSE(holds(text, "inf"));
}

TEST(MetricsJson, OfASummaryHasItsBins) {
  const Summary summary =
      summarize(test::measured(test::toy_showers(1, test::toy_energies(1, 2000))), "toy");
  const SummaryComparison result = compare_with_summary(
      summary, test::measured(test::toy_showers(2, std::vector<float>(200, 50.0f))));
  Report report = test::sample_report();
  report.candidates[0].metrics = result.metrics;
  const auto json = nlohmann::json::parse(metrics_json(report, result));
  ASSERT_EQ(json["bins"].size(), 10u);
  EXPECT_FALSE(json["bins"][0].contains("depth"));
  EXPECT_EQ(json["bins"][4]["showers"], 200);
  EXPECT_NEAR(json["bins"][4]["sampling_fraction"]["deviation"].get<double>(), 0, 0.05);
  EXPECT_TRUE(json["metrics"]["sampling_fraction_mre"]["floor"].is_null());
}

TEST(ParseMetrics, ReadsWhatWasWritten) {
  Report report = test::sample_report();
  report.candidates[0].metrics[0].uncertainty = 0.05;
  const std::vector<MetricResult> metrics = parse_metrics(metrics_json(report), "m.json");
  ASSERT_EQ(metrics.size(), 3u);
  EXPECT_EQ(metrics[0].name, "moments_shift");
  EXPECT_EQ(metrics[0].value, 0.5);
  EXPECT_EQ(metrics[0].excess, 0.4);
  EXPECT_EQ(metrics[0].uncertainty, 0.05);
  EXPECT_EQ(metrics[0].showers, 250);
  EXPECT_EQ(metrics[1].name, "spectrum_mre");
  EXPECT_FALSE(metrics[1].value);
}

TEST(ParseMetrics, SaysWhatIsNotThere) {
  const auto error = [](const std::string& json) {
    return test::input_error([&] { parse_metrics(json, "m.json"); });
  };
  const std::string advice = " (m.json); give the metrics.json of an earlier report";
  EXPECT_EQ(error("{"), "the metrics are no JSON object" + advice);
  EXPECT_EQ(error("{}"), "there are no metrics" + advice);
  EXPECT_EQ(error("{\"metrics\": {}}"), "there are no metrics" + advice);
  EXPECT_EQ(error("{\"metrics\": {\"fpd\": 3}}"), "the metric 'fpd' is no object" + advice);
  EXPECT_EQ(error(metrics_json(test::sample_report_of_two())),
            "the metrics are of several candidates" + advice);
}

}  // namespace
}  // namespace showergan::physics
