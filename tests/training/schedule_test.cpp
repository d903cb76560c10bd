#include "training/schedule.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "training/registered_files.hpp"

namespace showergan::training {
namespace {

using Parameters = std::map<std::string, double>;

constexpr double length = 20;  // of the training, epochs

double factor(std::string_view name, const Parameters& parameters, double epoch) {
  return make_schedule(name, parameters)->factor(epoch, length);
}

TEST(Schedule, OfEachFileHasTheNameOfTheFile) {
  EXPECT_EQ(schedule_names(), test::registered_files("schedule"));
}

TEST(Schedule, HasDefaults) {
  EXPECT_EQ(schedule_parameters("constant"), Parameters{});
  EXPECT_EQ(schedule_parameters("cosine"), (Parameters{{"epochs", 0}, {"floor", 0}}));
  EXPECT_EQ(schedule_parameters("exponential"), (Parameters{{"decay", 0.95}}));
  EXPECT_EQ(schedule_parameters("step"), (Parameters{{"every", 10}, {"factor", 0.5}}));
}

TEST(Schedule, StartsAtTheBaseRateAndNeverGrows) {
  for (const std::string& name : schedule_names()) {
    const auto schedule = make_schedule(name, {});
    EXPECT_EQ(schedule->factor(0, length), 1) << name;
    for (int i = 1; i < 400; ++i) {
      EXPECT_LE(schedule->factor(0.1 * i, length), schedule->factor(0.1 * (i - 1), length)) << name;
      EXPECT_GE(schedule->factor(0.1 * i, length), 0) << name;
    }
  }
}

TEST(Schedule, OtherThanConstantMoves) {
  for (const std::string& name : schedule_names()) {
    if (name == "constant") continue;
    EXPECT_LT(factor(name, {}, 20), 0.5) << name;
  }
  EXPECT_EQ(factor("constant", {}, 1000), 1);
}

TEST(Cosine, GoesDownToItsFloorAndStays) {
  const Parameters parameters = {{"epochs", 8}, {"floor", 0.25}};
  EXPECT_NEAR(factor("cosine", parameters, 2), 0.25 + 0.75 * (1 + std::sqrt(0.5)) / 2, 1e-12);
  EXPECT_NEAR(factor("cosine", parameters, 4), 0.625, 1e-12);
  EXPECT_EQ(factor("cosine", parameters, 8), 0.25);
  EXPECT_EQ(factor("cosine", parameters, 9), 0.25);
}

TEST(Cosine, WithoutEpochsSpansTheTraining) {
  const auto schedule = make_schedule("cosine", {{"floor", 0.25}});
  const auto same = make_schedule("cosine", {{"epochs", 8}, {"floor", 0.25}});
  for (const double epoch : {0.0, 0.3, 4.0, 7.9, 8.0, 9.0}) {
    EXPECT_EQ(schedule->factor(epoch, 8), same->factor(epoch, 3)) << epoch;
  }
}

TEST(Schedule, OnlyACosineWithoutEpochsDependsOnTheLengthOfTheTraining) {
  for (const std::string& name : schedule_names()) {
    const auto schedule = make_schedule(name, {});
    EXPECT_EQ(schedule->spans_training(), name == "cosine") << name;
    if (schedule->spans_training()) continue;
    EXPECT_EQ(schedule->factor(7, 10), schedule->factor(7, 1000)) << name;
  }
  EXPECT_FALSE(make_schedule("cosine", {{"epochs", 8}})->spans_training());
}

TEST(Exponential, FallsByTheSamePartInEveryEpoch) {
  EXPECT_DOUBLE_EQ(factor("exponential", {{"decay", 0.25}}, 0.5), 0.5);
  EXPECT_DOUBLE_EQ(factor("exponential", {{"decay", 0.25}}, 2), 0.0625);
  EXPECT_EQ(factor("exponential", {{"decay", 1}}, 7), 1);
}

TEST(Step, ChangesWithTheFirstStepOfAnEpoch) {
  const Parameters parameters = {{"every", 2}, {"factor", 0.1}};
  EXPECT_EQ(factor("step", parameters, 1.999), 1);
  EXPECT_DOUBLE_EQ(factor("step", parameters, 2), 0.1);
  EXPECT_DOUBLE_EQ(factor("step", parameters, 4), 0.01);
}

TEST(Step, IsNotLateByARoundingError) {
  EXPECT_LT(0.3 / 0.1, 3);
  EXPECT_DOUBLE_EQ(factor("step", {{"every", 0.1}, {"factor", 0.5}}, 0.3), 0.125);
}

TEST(Schedule, ThatIsUnknownIsAnErrorThatListsTheKnownOnes) {
  const std::string expected =
      "there is no schedule 'linear'; known are " + test::listed(schedule_names());
  EXPECT_EQ(test::input_error([] { make_schedule("linear", {}); }), expected);
  EXPECT_EQ(test::input_error([] { schedule_parameters("linear"); }), expected);
}

TEST(Schedule, RefusesAParameterThatItDoesNotHave) {
  EXPECT_EQ(test::input_error([] {
              make_schedule("constant", {{"decay", 0.9}});
            }),
            "the schedule 'constant' has no parameter 'decay'; none is known");
}

TEST(Schedule, RefusesParametersOutOfRange) {
  EXPECT_EQ(test::input_error([] {
              make_schedule("cosine", {{"floor", 1.5}});
            }),
            "floor of the schedule 'cosine' is out of range (it is 1.5); it must be from 0 to 1");
  EXPECT_EQ(test::input_error([] {
              make_schedule("cosine", {{"epochs", -1}});
            }),
            "epochs of the schedule 'cosine' is out of range (it is -1); it must be 0 or more");
  EXPECT_EQ(test::input_error([] {
              make_schedule("exponential", {{"decay", 1.25}});
            }),
            "decay of the schedule 'exponential' is out of range (it is 1.25); it must be above 0 "
            "and at most 1");
  EXPECT_THROW(make_schedule("exponential", {{"decay", 0}}), InputError);
  EXPECT_THROW(make_schedule("step", {{"every", -1}}), InputError);
  EXPECT_THROW(make_schedule("step", {{"factor", std::nan("")}}), InputError);
}

}  // namespace
}  // namespace showergan::training
