#include "base/text.hpp"

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(OneLine, ReplacesControlCharacters) {
  EXPECT_EQ(one_line("a\nb\tc\x7f\x01"), "a b c  ");
  EXPECT_EQ(one_line("größe"), "größe");
  EXPECT_EQ(one_line(""), "");
}

TEST(MostSimilar, FindsMisspellings) {
  const std::vector<std::string_view> names = {"batch", "epochs", "seed", "label_flips"};
  EXPECT_EQ(most_similar("bacth", names), "batch");
  EXPECT_EQ(most_similar("batc", names), "batch");
  EXPECT_EQ(most_similar("epoch", names), "epochs");
  EXPECT_EQ(most_similar("labelflip", names), "label_flips");
  EXPECT_EQ(most_similar("seed", names), "seed");
}

TEST(MostSimilar, GivesNothingThatIsFarOff) {
  EXPECT_EQ(most_similar("weight", {"batch", "seed"}), "");
  EXPECT_EQ(most_similar("", {"a"}), "");
  EXPECT_EQ(most_similar("a", {}), "");
  EXPECT_EQ(most_similar("ab", {"cd"}), "");
}

TEST(MostSimilar, PrefersTheClosest) {
  EXPECT_EQ(most_similar("beta_3", {"beta_12", "beta_1"}), "beta_1");
}

}  // namespace
}  // namespace showergan
