#include "training/loss.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "training/registered_files.hpp"

namespace showergan::training {
namespace {

double value(std::string_view loss, double target, double prediction) {
  return find_loss(loss).value(target, prediction);
}

double derivative(std::string_view loss, double target, double prediction) {
  return find_loss(loss).derivative(target, prediction);
}

TEST(Loss, OfEachFileHasTheNameOfTheFile) {
  EXPECT_EQ(loss_names(), test::registered_files("loss"));
}

TEST(Loss, ThatIsUnknownIsAnErrorThatListsTheKnownOnes) {
  EXPECT_EQ(test::input_error([] { find_loss("huber"); }),
            "there is no loss 'huber'; known are " + test::listed(loss_names()));
}

TEST(Loss, HasTheDerivativeOfItsValue) {
  constexpr double h = 1e-6;
  for (const std::string& name : loss_names()) {
    for (const double target : {0.0, 1.0, 0.3, 2.75}) {
      for (const double prediction : {0.02, 0.4, 0.55, 0.97}) {
        const double slope =
            (value(name, target, prediction + h) - value(name, target, prediction - h)) / (2 * h);
        EXPECT_NEAR(derivative(name, target, prediction), slope, 1e-6 * (1 + std::fabs(slope)))
            << name << " at " << target << ", " << prediction;
      }
    }
  }
}

TEST(Loss, OfUnboundedPredictionsHasTheDerivativeOfItsValue) {
  constexpr double h = 1e-5;
  for (const char* name :
       {"hinge", "hinge_generator", "logistic", "mae", "mape", "mse", "output"}) {
    for (const double prediction : {-7.5, -0.5, 1.7, 40.0}) {
      const double slope =
          (value(name, 1, prediction + h) - value(name, 1, prediction - h)) / (2 * h);
      EXPECT_NEAR(derivative(name, 1, prediction), slope, 1e-6 * (1 + std::fabs(slope)))
          << name << " at " << prediction;
    }
  }
}

TEST(Loss, NeverHidesAPredictionThatIsNotANumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const std::string& name : loss_names()) {
    for (const double target : {0.0, 1.0}) {
      EXPECT_TRUE(std::isnan(value(name, target, nan))) << name << " at " << target;
    }
  }
}

TEST(BinaryCrossEntropy, HasKnownValues) {
  EXPECT_DOUBLE_EQ(value("binary_cross_entropy", 1, 0.5), std::log(2.0));
  EXPECT_DOUBLE_EQ(value("binary_cross_entropy", 0, 0.75), std::log(4.0));
  EXPECT_DOUBLE_EQ(derivative("binary_cross_entropy", 1, 0.25), -4);
  EXPECT_DOUBLE_EQ(derivative("binary_cross_entropy", 0, 0.75), 4);
}

TEST(BinaryCrossEntropy, OfAWrongCertaintyIsClippedAsInKeras) {
  EXPECT_NEAR(value("binary_cross_entropy", 1, 0), -std::log(1e-7), 1e-9);
  EXPECT_NEAR(value("binary_cross_entropy", 0, 1), -std::log(1e-7), 1e-6);
  EXPECT_NEAR(value("binary_cross_entropy", 1, 1), 1e-7, 1e-12);
  EXPECT_EQ(derivative("binary_cross_entropy", 1, 0), 0);
  EXPECT_EQ(derivative("binary_cross_entropy", 0, 1), 0);
  EXPECT_NE(derivative("binary_cross_entropy", 1, 1.1e-7), 0);
}

TEST(Hinge, HasKnownValues) {
  EXPECT_EQ(value("hinge", 1, 0.25), 0.75);
  EXPECT_EQ(value("hinge", 1, 3), 0);
  EXPECT_EQ(value("hinge", 0, 0.25), 1.25);
  EXPECT_EQ(value("hinge", 0, -1.5), 0);
  EXPECT_EQ(derivative("hinge", 1, 1), 0);
  EXPECT_EQ(derivative("hinge", 0, 5), 1);
}

TEST(HingeGenerator, FollowsTheSignOfTheTarget) {
  EXPECT_EQ(value("hinge_generator", 1, 0.25), -0.25);
  EXPECT_EQ(value("hinge_generator", 0, 0.25), 0.25);
  EXPECT_EQ(derivative("hinge_generator", 1, 1e6), -1);
}

TEST(Logistic, HasKnownValues) {
  EXPECT_DOUBLE_EQ(value("logistic", 1, 0), std::log(2.0));
  EXPECT_DOUBLE_EQ(value("logistic", 0, std::log(3.0)), std::log(4.0));
  EXPECT_DOUBLE_EQ(derivative("logistic", 1, std::log(3.0)), -0.25);
}

TEST(Logistic, IsFiniteForAnyCertainty) {
  EXPECT_DOUBLE_EQ(value("logistic", 0, 1e4), 1e4);
  EXPECT_EQ(value("logistic", 1, 1e4), 0);
  EXPECT_EQ(derivative("logistic", 0, 1e4), 1);
  EXPECT_EQ(derivative("logistic", 1, -1e4), -1);
}

TEST(Mape, IsInPercentOfTheTarget) {
  EXPECT_DOUBLE_EQ(value("mape", 4, 3), 25);
  EXPECT_DOUBLE_EQ(value("mape", -4, -5), 25);
  EXPECT_DOUBLE_EQ(derivative("mape", -4, -5), -25);
}

TEST(Mape, OfATargetOfZeroDividesByTheLeastTargetOfKeras) {
  EXPECT_DOUBLE_EQ(value("mape", 0, 1e-7), 100);
  EXPECT_DOUBLE_EQ(derivative("mape", 0, 1e-7), 1e9);
}

TEST(AbsoluteLosses, HaveNoSlopeAtEquality) {
  EXPECT_EQ(derivative("mape", 2, 2), 0);
  EXPECT_EQ(derivative("mae", 2, 2), 0);
  EXPECT_EQ(derivative("mape", 0, 0), 0);
}

}  // namespace
}  // namespace showergan::training
