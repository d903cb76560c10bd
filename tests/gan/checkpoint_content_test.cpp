#include "gan/checkpoint_content.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

using test::input_error;

Checkpoint sample() {
  Checkpoint checkpoint;
  checkpoint.counters["step"] = 7;
  checkpoint.numbers["seconds"] = 0.5;
  checkpoint.texts["recipe"] = "model = \"toy\"";
  checkpoint.arrays["weights"] = {1, 2, 3};
  return checkpoint;
}

std::string missing(const std::string& name) {
  return "the checkpoint is not of such a training (it has no '" + name + "')";
}

TEST(CheckpointContent, GivesWhatIsThere) {
  const Checkpoint checkpoint = sample();
  EXPECT_EQ(counter_of(checkpoint, "step"), 7);
  EXPECT_EQ(number_of(checkpoint, "seconds"), 0.5);
  EXPECT_EQ(text_of(checkpoint, "recipe"), "model = \"toy\"");
  std::vector<float> values(3);
  copy_array(checkpoint, "weights", values);
  EXPECT_EQ(values, (std::vector<float>{1, 2, 3}));
}

TEST(CheckpointContent, NamesWhatIsMissing) {
  const Checkpoint checkpoint = sample();
  std::vector<float> values(3, 9);
  // Names of another kind do not count.
  EXPECT_EQ(input_error([&] { counter_of(checkpoint, "seconds"); }), missing("seconds"));
  EXPECT_EQ(input_error([&] { number_of(checkpoint, "step"); }), missing("step"));
  EXPECT_EQ(input_error([&] { text_of(checkpoint, "weights"); }), missing("weights"));
  EXPECT_EQ(input_error([&] { copy_array(checkpoint, "recipe", values); }), missing("recipe"));
  EXPECT_EQ(values, std::vector<float>(3, 9));
}

TEST(CheckpointContent, AnArrayMustHaveTheVerySize) {
  for (const std::size_t size : {0U, 2U, 4U}) {
    std::vector<float> values(size, 9);
    EXPECT_EQ(input_error([&] { copy_array(sample(), "weights", values); }),
              "the checkpoint is not of such a training (its 'weights' has 3 numbers instead of " +
                  std::to_string(size) + ")");
    EXPECT_EQ(values, std::vector<float>(size, 9));
  }
}

}  // namespace
}  // namespace showergan::gan
