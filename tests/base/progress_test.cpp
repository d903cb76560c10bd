#include "base/progress.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(ProgressText, ShowsRateAndRemainingTime) {
  EXPECT_EQ(progress_text("showers", 1200, 5000, 4.0, false),
            "1200 of 5000 showers, 24 %, 300 per second, 0:13 left");
  EXPECT_EQ(progress_text("showers", 100, 360100, 1.0, false),
            "100 of 360100 showers, 0 %, 100 per second, 1:00:00 left");
  EXPECT_EQ(progress_text("showers", 1, 2, 3.0, false),
            "1 of 2 showers, 50 %, 0.333 per second, 0:03 left");
}

TEST(ProgressText, HasNoEstimateBeforeTheFirst) {
  EXPECT_EQ(progress_text("showers", 0, 5000, 3.0, false), "0 of 5000 showers, 0 %");
}

TEST(ProgressText, ShowsTheDurationAtTheEnd) {
  EXPECT_EQ(progress_text("showers", 5000, 5000, 10.0, true),
            "5000 of 5000 showers, 100 %, 500 per second, took 0:10");
}

TEST(ProgressText, IsNotCompleteBeforeTheEnd) {
  EXPECT_NE(progress_text("showers", 9999, 10000, 1.0, false).find("99 %"), std::string::npos);
}

TEST(ProgressText, WorksWithoutATotal) {
  EXPECT_EQ(progress_text("steps", 10, 0, 2.0, false), "10 steps, 5 per second");
}

TEST(ProgressBar, IsFilledInProportion) {
  EXPECT_EQ(progress_bar(0, 10, 12), "[..........]");
  EXPECT_EQ(progress_bar(4, 10, 12), "[####......]");
  EXPECT_EQ(progress_bar(10, 10, 12), "[##########]");
  EXPECT_EQ(progress_bar(20, 10, 12), "[##########]");
  EXPECT_EQ(progress_bar(1, 0, 4), "[..]");
}

TEST(Progress, WritesOnlyTheLastLineOfAShortWork) {
  testing::internal::CaptureStderr();
  {
    Progress progress("showers", 3, false);
    for (int i = 1; i <= 3; ++i) progress.update(i);
  }
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_EQ(text.find("3 of 3 showers, 100 %"), 0U) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST(Progress, FinishesOnce) {
  testing::internal::CaptureStderr();
  {
    Progress progress("showers", 3, false);
    progress.update(2);
    progress.finish();
  }
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_EQ(text.find("2 of 3 showers, 66 %"), 0U) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST(Progress, IsSilentWhenQuiet) {
  testing::internal::CaptureStderr();
  {
    Progress progress("showers", 3, true);
    progress.update(3);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace showergan
