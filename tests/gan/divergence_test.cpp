#include "gan/divergence.hpp"

#include <functional>
#include <limits>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

using test::failure;

StepResult good() {
  StepResult result;
  for (PassLosses* losses : {&result.real, &result.fake, &result.generator}) {
    losses->terms = {1, 2};
    losses->total = 3;
  }
  return result;
}

StepResult with_images(bool empty, bool identical, bool decidable = true) {
  StepResult result = good();
  result.images = {empty, identical, decidable};
  return result;
}

TEST(DivergenceWatch, LetsAGoodStepPass) {
  DivergenceWatch watch(1);
  watch.check(1, good());
  EXPECT_EQ(watch.suspicious(), 0);
}

TEST(DivergenceWatch, NoticesWhateverIsNoNumber) {
  const std::function<void(StepResult&, double)> places[] = {
      [](StepResult& r, double bad) { r.real.total = bad; },
      [](StepResult& r, double bad) { r.fake.total = bad; },
      [](StepResult& r, double bad) { r.generator.total = bad; },
      [](StepResult& r, double bad) { r.discriminator_gradient = bad; },
      [](StepResult& r, double bad) { r.generator_gradient = bad; }};
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    for (const auto& spoil : places) {
      StepResult result = good();
      spoil(result, bad);
      DivergenceWatch watch(100);
      EXPECT_EQ(failure([&] { watch.check(17, result); }),
                "the training diverged in step 17 (a loss or a gradient is not a finite number); "
                "checkpoints are from before; train anew with a lower rate or with clip");
    }
  }
}

TEST(DivergenceWatch, GivesUpWhenPatienceIsAtItsEnd) {
  for (const bool empty : {true, false}) {
    DivergenceWatch watch(3);
    watch.check(5, with_images(empty, !empty));
    watch.check(6, with_images(empty, !empty));
    EXPECT_EQ(watch.suspicious(), 2);
    EXPECT_EQ(failure([&] { watch.check(7, with_images(empty, !empty)); }),
              std::string("the training collapsed: ") + (empty ? "empty" : "identical") +
                  " images for 3 steps, up to step 7 (the generator does not learn any more); "
                  "checkpoints are from before; train anew with another train.seed or a lower "
                  "generator.rate");
  }
}

TEST(DivergenceWatch, AGoodStepStartsAnewAndAnUndecidedOneChangesNothing) {
  DivergenceWatch watch(3);
  watch.check(1, with_images(true, false));
  watch.check(2, with_images(false, true));
  watch.check(3, with_images(false, false, false));
  EXPECT_EQ(watch.suspicious(), 2);
  watch.check(4, good());
  EXPECT_EQ(watch.suspicious(), 0);
  watch.check(5, with_images(true, false));
  EXPECT_EQ(watch.suspicious(), 1);
}

TEST(DivergenceWatch, GoesOnCountingAfterResuming) {
  DivergenceWatch watch(10);
  watch.set_suspicious(9);
  EXPECT_EQ(watch.suspicious(), 9);
  EXPECT_NE(failure([&] { watch.check(1, with_images(true, false)); }).find("for 10 steps"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::gan
