#include "gan/monitor/history_figures.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "gan/monitor/sample_history.hpp"

namespace showergan::gan {
namespace {

std::vector<std::string> titles(const physics::SeriesFigure& figure) {
  std::vector<std::string> texts;
  for (const auto& panel : figure.panels) texts.push_back(panel.title);
  return texts;
}

std::vector<std::string> labels(const physics::SeriesPanel& panel) {
  std::vector<std::string> texts;
  for (const auto& series : panel.series) texts.push_back(series.label);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(HistoryFigures, LossesAreByOutputAndPass) {
  const physics::SeriesFigure figure = loss_figure(test::sample_history(35));
  EXPECT_EQ(titles(figure), Texts({"total", "ecal"}));
  EXPECT_EQ(labels(figure.panels[0]), Texts({"real", "fake", "generator"}));
  EXPECT_EQ(labels(figure.panels[1]), Texts({"real", "fake", "generator"}));
  EXPECT_TRUE(figure.panels[0].log_y);
  EXPECT_TRUE(figure.panels[1].log_y) << "although that of the Monte Carlo's own sum is 0";
  EXPECT_EQ(figure.panels[0].series[0].x.size(), 35U);
  EXPECT_EQ(figure.panels[0].series[1].y[3], 50);
}

TEST(HistoryFigures, StepsShowGradientsRatesSpeedAndWaiting) {
  const physics::SeriesFigure figure = step_figure(test::sample_history(35));
  ASSERT_EQ(figure.panels.size(), 4U);
  EXPECT_EQ(figure.panels[0].series[1].y[7], 2);
  EXPECT_EQ(figure.panels[1].series[0].y[7], 0.1);
  EXPECT_DOUBLE_EQ(figure.panels[2].series[0].y[7], 32);
  EXPECT_DOUBLE_EQ(figure.panels[3].series[0].y[7], 10);
}

TEST(HistoryFigures, ALongRunIsThinnedAndItsSpeedIsShowersOverSeconds) {
  HistoryRecord history = test::sample_history(100'000);
  for (StepRecord& step : history.steps) {
    if (step.step % 2 == 0) step.seconds = 1.5;
  }
  const physics::SeriesFigure figure = step_figure(history);
  const physics::Series& speed = figure.panels[2].series[0];
  EXPECT_LE(speed.x.size(), 400U);
  EXPECT_GT(speed.x.size(), 300U);
  for (const double y : speed.y) EXPECT_DOUBLE_EQ(y, 16);
  for (const auto& panel : loss_figure(history).panels) {
    for (const auto& series : panel.series) EXPECT_LE(series.x.size(), 400U);
  }
}

TEST(HistoryFigures, DecidingMetricsHaveFloorsAndTheBestIsMarked) {
  const physics::SeriesFigure figure =
      deciding_figure(test::sample_history(35), {"profile_z_mean", "unknown_metric"});
  EXPECT_EQ(titles(figure), Texts({"Sum of the metrics that decide", "profile_z_mean"}));
  EXPECT_EQ(figure.panels[0].series[0].x, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(figure.panels[0].series[0].y[1], 1.5);
  EXPECT_EQ(figure.panels[1].series[0].y[1], 1);
  EXPECT_EQ(figure.panels[1].floor->y, (std::vector<double>{0.2, 0.2, 0.2}));
  EXPECT_FALSE(figure.panels[1].log_y);
  for (const auto& panel : figure.panels) {
    EXPECT_EQ(panel.mark, 2.0);
    EXPECT_TRUE(panel.points);
  }
}

TEST(HistoryFigures, AllMetricsHaveAPanel) {
  EXPECT_EQ(titles(metric_figure(test::sample_history(35))),
            Texts({"profile_x_mean", "profile_z_mean"}));
  EXPECT_TRUE(metric_figure(test::sample_history(5)).panels.empty());
}

TEST(HistoryFigures, AColumnThatIsNotThereIsAnEmptySeries) {
  EXPECT_TRUE(step_series(test::sample_history(5), "real.none", "x").x.empty());
}

}  // namespace
}  // namespace showergan::gan
