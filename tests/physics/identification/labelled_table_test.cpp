#include "physics/identification/labelled_table.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(LabelledTableTest, GivesRowsAndTheirLabels) {
  const LabelledTable samples({2, {1, 2, 3, 4}}, {1, 0});
  EXPECT_EQ(samples.size(), 2);
  EXPECT_EQ(samples.inputs(), (std::vector<std::string>{"features"}));
  std::vector<float> row(2);
  samples.fill(1, 0, row);
  EXPECT_EQ(row, (std::vector<float>{3, 4}));
  float label = -1;
  samples.target(0, {&label, 1});
  EXPECT_EQ(label, 1);
  samples.target(1, {&label, 1});
  EXPECT_EQ(label, 0);
}

}  // namespace
}  // namespace showergan::physics
