#include "gan/checkpoint_summary.hpp"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "gan/recipe.hpp"
#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

Checkpoint checkpoint_at(std::int64_t step) {
  const Recipe recipe = load_recipe("3dgan", {"train.batch=8"});
  Checkpoint checkpoint;
  checkpoint.texts["recipe"] = to_toml(recipe);
  checkpoint.counters["step"] = step;
  checkpoint.counters["data/showers"] = 30;  // 4 steps in an epoch, the last one of 6 showers
  checkpoint.numbers["seconds"] = 12;
  checkpoint.numbers["best_figure"] = 0.25;
  return checkpoint;
}

TEST(CheckpointSummaryTest, SaysWhereTheTrainingStands) {
  const CheckpointSummary summary = summary_of(checkpoint_at(9));
  EXPECT_EQ(summary.model, "3dgan");
  EXPECT_EQ(summary.step, 9);
  EXPECT_EQ(summary.epoch, 2.25);
  EXPECT_EQ(summary.showers, 68);
  EXPECT_EQ(summary.seconds, 12);
  EXPECT_EQ(summary.best, 0.25);
  EXPECT_EQ(summary_of(checkpoint_at(8)).showers, 60);
  EXPECT_EQ(summary_of(checkpoint_at(0)).showers, 0);
}

TEST(CheckpointSummaryTest, WithoutAValidationThereIsNoBest) {
  Checkpoint checkpoint = checkpoint_at(3);
  checkpoint.numbers["best_figure"] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(summary_of(checkpoint).best.has_value());
}

TEST(CheckpointSummaryTest, RefusesTheStateOfSomethingElse) {
  for (const char* counter : {"step", "data/showers"}) {
    Checkpoint checkpoint = checkpoint_at(3);
    checkpoint.counters.erase(counter);
    EXPECT_EQ(
        test::input_error([&] { summary_of(checkpoint); }),
        std::string("the checkpoint is not of such a training (it has no '") + counter + "')");
  }
  Checkpoint checkpoint = checkpoint_at(3);
  checkpoint.counters["data/showers"] = 0;
  EXPECT_NE(test::input_error([&] { summary_of(checkpoint); }).find("3 steps with 0 showers"),
            std::string::npos);
  checkpoint.texts["recipe"] = "model =";
  EXPECT_NE(test::input_error([&] { summary_of(checkpoint); }).find("the checkpoint's recipe"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::gan
