#include "physics/report/judged_set.hpp"

#include <gtest/gtest.h>

#include "sample_report.hpp"

namespace showergan::physics {
namespace {

TEST(JudgedSet, FindsMetricsAndAttributesByName) {
  const Report report = test::sample_report();
  EXPECT_EQ(report.reference.attribute("source"), "Geant4");
  EXPECT_FALSE(report.reference.attribute("seed"));
  EXPECT_EQ(report.candidates[0].find("hits_mre")->value, 0.25);
  EXPECT_EQ(report.candidates[0].find("fpd"), nullptr);
}

TEST(JudgedSet, AllMetricsAreThoseOfAnySet) {
  std::vector<std::string> names;
  const Report report = test::sample_report_of_two();
  for (const MetricResult* metric : all_metrics(report.candidates)) names.push_back(metric->name);
  EXPECT_EQ(names, (std::vector<std::string>{"moments_shift", "spectrum_mre", "hits_mre", "fpd"}));
}

}  // namespace
}  // namespace showergan::physics
