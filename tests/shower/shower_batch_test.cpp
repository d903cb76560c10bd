#include "shower/shower_batch.hpp"

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(ShowerBatch, GivesTheImageOfAShower) {
  ShowerBatch batch;
  batch.grid = {2, 1, 3};
  batch.energy = {10.0F, 20.0F};
  for (int i = 0; i < 12; ++i) batch.cells.push_back(static_cast<float>(i));
  EXPECT_EQ(batch.size(), 2);
  EXPECT_EQ(batch.grid.cells(), 6);
  EXPECT_EQ(batch.shower(1).size(), 6U);
  EXPECT_EQ(batch.shower(1)[0], 6.0F);
  batch.shower(0)[5] = 50.0F;
  EXPECT_EQ(batch.cells[5], 50.0F);
}

}  // namespace
}  // namespace showergan
