#include "showergan/error.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace showergan {
namespace {

TEST(Error, FollowsTheGrammar) {
  EXPECT_STREQ(Error("problem").what(), "problem");
  EXPECT_STREQ(Error("problem", "file, row 3").what(), "problem (file, row 3)");
  EXPECT_STREQ(Error("problem", "", "do this").what(), "problem; do this");
  EXPECT_STREQ(Error("problem", "why", "do this").what(), "problem (why); do this");
}

TEST(Error, StaysOneLineWhateverItQuotes) {
  EXPECT_STREQ(Error("a\nb\tc", "d\re").what(), "a b c (d e)");
}

TEST(Error, KnowsTheExitStatus) {
  EXPECT_EQ(Error("x").exit_status(), 1);
  EXPECT_EQ(InputError("x").exit_status(), 2);
}

TEST(OneLine, KeepsText) {
  EXPECT_EQ(one_line("Grüße, 1 GeV\x7f"), "Grüße, 1 GeV ");
}

}  // namespace
}  // namespace showergan
