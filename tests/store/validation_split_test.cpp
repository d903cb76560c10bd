#include "store/validation_split.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(ValidationSplitTest, TakesTheWantedPart) {
  const std::int64_t n = 100000;
  for (const double part : {0.0, 0.01, 0.1, 0.5, 0.9}) {
    const auto chosen = ValidationSplit(1, part).select(0, n, true);
    const double deviation = std::sqrt(part * (1 - part) * static_cast<double>(n));
    EXPECT_NEAR(static_cast<double>(chosen.size()), part * static_cast<double>(n), 5 * deviation);
  }
}

TEST(ValidationSplitTest, EveryRowIsInOneOfTheParts) {
  const ValidationSplit split(4, 0.3);
  const auto yes = split.select(1000, 200, true);
  const auto no = split.select(1000, 200, false);
  EXPECT_EQ(yes.size() + no.size(), 200U);
  for (const std::int64_t row : yes) EXPECT_TRUE(split.is_validation(1000 + row));
  for (const std::int64_t row : no) EXPECT_FALSE(split.is_validation(1000 + row));
}

TEST(ValidationSplitTest, WhatIsLeftOutIsInNeitherPartAndTheOthersStayWhereTheyAre) {
  const ValidationSplit whole(4, 0.3);
  ValidationSplit split(4, 0.3);
  EXPECT_FALSE(split.is_left_out(1100));
  std::vector<bool> rows(1200);
  for (std::size_t row = 0; row < rows.size(); row += 7) rows[row] = true;
  split.leave_out(rows);
  for (const bool validation : {false, true}) {
    std::vector<std::int64_t> expected = whole.select(1000, 200, validation);
    std::erase_if(expected, [](std::int64_t row) { return (1000 + row) % 7 == 0; });
    EXPECT_EQ(split.select(1000, 200, validation), expected);
  }
  EXPECT_TRUE(split.is_left_out(1001));
  EXPECT_FALSE(split.is_left_out(1002));
}

TEST(ValidationSplitTest, DependsOnTheSeedAndNestsInThePart) {
  EXPECT_EQ(ValidationSplit(1, 0.1).select(0, 1000, true),
            ValidationSplit(1, 0.1).select(0, 1000, true));
  EXPECT_NE(ValidationSplit(1, 0.1).select(0, 1000, true),
            ValidationSplit(2, 0.1).select(0, 1000, true));
  const ValidationSplit larger(1, 0.2);
  for (const std::int64_t row : ValidationSplit(1, 0.1).select(0, 1000, true)) {
    EXPECT_TRUE(larger.is_validation(row));
  }
}

}  // namespace
}  // namespace showergan
