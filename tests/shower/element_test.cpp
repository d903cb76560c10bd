#include "shower/element.hpp"

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(AtomicNumber, KnowsTheElements) {
  EXPECT_EQ(atomic_number("H"), 1);
  EXPECT_EQ(atomic_number("Si"), 14);
  EXPECT_EQ(atomic_number("Cu"), 29);
  EXPECT_EQ(atomic_number("W"), 74);
  EXPECT_EQ(atomic_number("Pb"), 82);
  EXPECT_EQ(atomic_number("U"), 92);
}

TEST(AtomicNumber, IsZeroForAnythingElse) {
  EXPECT_EQ(atomic_number(""), 0);
  EXPECT_EQ(atomic_number("si"), 0);
  EXPECT_EQ(atomic_number("Water"), 0);
}

}  // namespace
}  // namespace showergan
