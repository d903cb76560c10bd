#include "physics/identification/score_metrics.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

std::vector<double> normal_scores(std::uint64_t seed, std::size_t size, double centre) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal(centre);
  std::vector<double> scores(size);
  for (double& score : scores) score = normal(random);
  return scores;
}

std::vector<MetricResult> metrics_of(double centre, std::size_t size = 3000) {
  return score_metrics({normal_scores(1, size, 0), normal_scores(2, size, centre), false}, "gamma",
                       2);
}

TEST(ScoreMetrics, HaveNamesAndSizes) {
  const auto metrics = metrics_of(0, 401);
  ASSERT_EQ(metrics.size(), 2u);
  EXPECT_EQ(metrics[0].name, "pid_separation[gamma]");
  EXPECT_EQ(metrics[1].name, "pid_efficiency_shift[gamma]");
  for (const MetricResult& metric : metrics) {
    EXPECT_EQ(metric.showers, 200);
    EXPECT_EQ(metric.ideal, 0);
  }
}

TEST(ScoreMetrics, AreAtTheirFloorForEqualDistributions) {
  for (const MetricResult& metric : metrics_of(0)) {
    EXPECT_GT(*metric.floor, 0) << metric.name;
    EXPECT_NEAR(*metric.value, *metric.floor, 3 * *metric.uncertainty) << metric.name;
  }
}

TEST(ScoreMetrics, AreZeroForASetAgainstItself) {
  const auto scores = normal_scores(1, 500, 0);
  for (const MetricResult& metric : score_metrics({scores, scores, true}, "gamma", 2)) {
    EXPECT_EQ(*metric.value, 0) << metric.name;
    EXPECT_EQ(*metric.uncertainty, 0) << metric.name;
    EXPECT_GT(*metric.floor, 0) << metric.name;
  }
}

TEST(ScoreMetrics, GiveTheShiftOfAKnownDistribution) {
  // Φ(z + 1) − Φ(z) with Φ(z) = 0.8, 0.9, 0.95: 0.1672, 0.0887 and 0.0459 higher.
  const MetricResult up = metrics_of(1)[1];
  EXPECT_NEAR(*up.value, 0.1006, 0.01);
  // Lower: Φ(z − 1) = 0.4369, 0.6109, 0.7405.
  const MetricResult down = metrics_of(-1)[1];
  EXPECT_NEAR(*down.value, 0.2872, 0.02);
  EXPECT_NEAR(*down.uncertainty, 0.012, 0.006);
}

TEST(ScoreMetrics, HaveASeparationOfOneWhereNothingOverlaps) {
  EXPECT_NEAR(*metrics_of(-50)[0].value, 1, 1e-3);
}

TEST(ScoreMetrics, FollowTheSampleSizeInTheirUncertainty) {
  const double few = *metrics_of(-1, 250)[1].uncertainty;
  const double many = *metrics_of(-1, 4000)[1].uncertainty;
  EXPECT_NEAR(few / many, 4, 1);
}

TEST(ScoreMetrics, DoNotDependOnTheThreads) {
  const ComparedScores scores = {normal_scores(1, 300, 0), normal_scores(2, 300, 0.3), false};
  const auto one = score_metrics(scores, "pi0", 1);
  const auto three = score_metrics(scores, "pi0", 3);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].value, three[i].value);
    EXPECT_EQ(one[i].uncertainty, three[i].uncertainty);
  }
}

}  // namespace
}  // namespace showergan::physics
