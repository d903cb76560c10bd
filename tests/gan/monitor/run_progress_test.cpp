#include "gan/monitor/run_progress.hpp"

#include <gtest/gtest.h>

#include "gan/monitor/sample_history.hpp"

namespace showergan::gan {
namespace {

TEST(RunProgress, OfAnEmptyHistoryNothingIsKnown) {
  const RunProgress progress = progress_of({});
  EXPECT_EQ(progress.steps, 0);
  EXPECT_EQ(progress.epoch, 0);
  EXPECT_FALSE(progress.total_steps || progress.epochs || progress.showers_per_second ||
               progress.seconds_left || progress.best || progress.validation);
}

TEST(RunProgress, CountsAndRatesOfARun) {
  const RunProgress progress = progress_of(test::sample_history(35));
  EXPECT_EQ(progress.steps, 35);
  EXPECT_EQ(progress.total_steps, 200);
  EXPECT_EQ(progress.epoch, 4);
  EXPECT_EQ(progress.epochs, 20);
  EXPECT_EQ(progress.showers, 35 * 16);
  EXPECT_DOUBLE_EQ(*progress.showers_per_second, 32);
  EXPECT_DOUBLE_EQ(*progress.waiting, 0.1);
  EXPECT_DOUBLE_EQ(*progress.validation, 1.0 / 6) << "of an epoch: 5 s of steps and 1 s";
  EXPECT_DOUBLE_EQ(*progress.seconds_left, 165 * 0.5 + 16.5) << "steps and validations";
  ASSERT_TRUE(progress.best);
  EXPECT_EQ(progress.best->epoch, 2);
}

TEST(RunProgress, TheRateIsThatOfTheLastSteps) {
  HistoryRecord history = test::sample_history(60);
  for (std::size_t i = 0; i < 40; ++i) history.steps[i].seconds = 100;
  EXPECT_DOUBLE_EQ(*progress_of(history).showers_per_second, 32);
}

TEST(RunProgress, AfterTheLastStepNothingIsLeft) {
  EXPECT_EQ(progress_of(test::sample_history(200)).seconds_left, 0);
}

TEST(RunProgress, AResumedProcessWithoutAStepIsWhereTheOneBeforeItWas) {
  HistoryRecord history;
  history.starts.push_back({70, 0, "", "", 1, 200, 10, 160, 16});
  const RunProgress progress = progress_of(history);
  EXPECT_EQ(progress.steps, 70);
  EXPECT_FALSE(progress.seconds_left);
}

TEST(RunProgress, WithoutAStartTheEndIsNotKnown) {
  HistoryRecord history = test::sample_history(35);
  history.starts.clear();
  const RunProgress progress = progress_of(history);
  EXPECT_FALSE(progress.total_steps || progress.epochs || progress.seconds_left);
  EXPECT_DOUBLE_EQ(*progress.showers_per_second, 32);
}

}  // namespace
}  // namespace showergan::gan
