#include "nn/graph/where.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Where, BroadcastsAllThree) {
  EXPECT_EQ(shape_of(Where{}, {{2, 1}, {3}, {4, 1, 1}}), (Shape{4, 2, 3}));
}

TEST(Where, NamesTheTwoThatDoNotFit) {
  EXPECT_EQ(error_of(Where{}, {{1}, {3}, {4}}), "where cannot broadcast 3 and 4");
  EXPECT_EQ(error_of(Where{}, {{1}, {3}}), "where takes 3 inputs, not 2");
}

}  // namespace
}  // namespace showergan::nn
