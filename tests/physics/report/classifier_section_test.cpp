#include "physics/report/classifier_section.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

ClassifierResult trained() {
  ClassifierResult result;
  result.name = "auc_high";
  result.auc = 0.75;
  result.error = 0.02;
  result.per_seed = {0.74, 0.75, 0.8};
  result.showers = 500;
  result.roc = {{0, 0}, {0.25, 0.75}, {1, 1}};
  return result;
}

ClassifierResult untrained() {
  ClassifierResult result;
  result.name = "auc_low";
  result.reason = "the energy spectra differ";
  return result;
}

JudgedSet set_of(const std::string& label, std::vector<ClassifierResult> classifiers) {
  JudgedSet set;
  set.info.label = label;
  set.classifiers = std::move(classifiers);
  return set;
}

TEST(ClassifierSection, GivesTheAreaAsAMetric) {
  const MetricResult metric = metric_of(trained());
  EXPECT_EQ(metric.name, "auc_high");
  EXPECT_EQ(metric.value, 0.75);
  EXPECT_EQ(metric.uncertainty, 0.02);
  EXPECT_EQ(metric.ideal, 0.5);
  EXPECT_EQ(metric.showers, 500);
  EXPECT_FALSE(metric.excess);
  const MetricResult none = metric_of(untrained());
  EXPECT_FALSE(none.value);
  EXPECT_FALSE(none.uncertainty);
  EXPECT_EQ(none.reason, "the energy spectra differ");
}

TEST(ClassifierSection, DrawsTheCurvesThatThereAre) {
  const ReportSection section =
      classifier_section({set_of("a", {trained(), untrained()}),
                          set_of("b", {trained(), untrained()}), set_of("library", {})});
  ASSERT_EQ(section.figures.size(), 1u);
  const auto& figure = std::get<Figure>(section.figures[0]);
  EXPECT_EQ(figure.candidate_labels, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(figure.panels.size(), 1u) << "none without an AUC";
  EXPECT_EQ(figure.panels[0].title, "auc_high");
  ASSERT_EQ(figure.panels[0].candidates.size(), 2u);
  EXPECT_EQ(figure.panels[0].candidates[1].x, (std::vector<double>{0, 0.25, 1}));
  EXPECT_EQ(figure.panels[0].candidates[1].y, (std::vector<double>{0, 0.75, 1}));
  ASSERT_EQ(section.tables.size(), 1u);
  ASSERT_EQ(section.tables[0].rows.size(), 4u);
  for (const auto& row : section.tables[0].rows) {
    EXPECT_EQ(row.size(), section.tables[0].header.size());
  }
  EXPECT_EQ(section.tables[0].rows[0][2], "0.7500 ± 0.0200");
  EXPECT_EQ(section.tables[0].rows[0][3], "0.7400, 0.7500, 0.8000");
  EXPECT_EQ(section.tables[0].rows[2][5], "the energy spectra differ");
}

TEST(ClassifierSection, HasNoFigureWithoutAnArea) {
  EXPECT_TRUE(classifier_section({set_of("a", {untrained()})}).figures.empty());
}

}  // namespace
}  // namespace showergan::physics
