#include "physics/hits.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Hits, AreCellsAboveEachThreshold) {
  const std::vector<Cell> cells = {
      {0, 0, 0, 70e-6}, {0, 0, 0, 71e-6}, {0, 0, 0, 201e-6}, {0, 0, 0, 1e-3}, {0, 0, 0, 1e-6}};
  EXPECT_EQ(count_hits(cells), (std::array<std::int64_t, 3>{3, 2, 1}));
  EXPECT_EQ(count_hits({}), (std::array<std::int64_t, 3>{0, 0, 0}));
}

}  // namespace
}  // namespace showergan::physics
