#include "physics/shower_library.hpp"

#include <set>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(ShowerLibrary, TheShowerNearestInEnergyIsRescaled) {
  const std::vector<float> library = {50, 10, 30};
  const std::vector<double> requested = {11, 39, 41, 100, 5};
  const auto uses = plan_library(library, requested, false);
  ASSERT_EQ(uses.size(), 5u);
  const std::int64_t showers[] = {0, 0, 1, 1, 2};
  const float energies[] = {41, 100, 11, 5, 39};
  const float scales[] = {41.0F / 50, 2, 1.1F, 0.5F, 1.3F};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(uses[i].shower, showers[i]);
    EXPECT_EQ(uses[i].energy, energies[i]);
    EXPECT_FLOAT_EQ(uses[i].scale, scales[i]);
    EXPECT_EQ(uses[i].mirror, 0u);
  }
  const LibraryReuse reuse = count_reuse(uses);
  EXPECT_EQ(reuse.distinct, 3);
  EXPECT_EQ(reuse.most, 2);
}

TEST(ShowerLibrary, OfManyAtOneEnergyAnyIsUsed) {
  const std::vector<float> library(100, 50);
  const std::vector<double> requested(1000, 49);
  const auto uses = plan_library(library, requested, true);
  const LibraryReuse reuse = count_reuse(uses);
  EXPECT_EQ(reuse.distinct, 100);
  EXPECT_LT(reuse.most, 30);
  std::set<std::uint32_t> mirrors;
  for (const LibraryUse& use : uses) mirrors.insert(use.mirror);
  EXPECT_EQ(mirrors.size(), 8u);
  EXPECT_EQ(*mirrors.rbegin(), 7u);
}

TEST(ShowerLibrary, NothingRequestedIsNothingUsed) {
  const auto uses = plan_library(std::vector<float>{1}, {}, true);
  EXPECT_TRUE(uses.empty());
  EXPECT_EQ(count_reuse(uses).distinct, 0);
}

}  // namespace
}  // namespace showergan::physics
