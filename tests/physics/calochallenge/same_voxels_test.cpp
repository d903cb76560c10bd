#include "physics/calochallenge/same_voxels.hpp"

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

TEST(SameVoxels, WhateverTheParticleIsCalled) {
  Binning other = test::irregular_binning();
  other.particle = "positron";
  EXPECT_TRUE(same_voxels(test::irregular_binning(), other));
}

TEST(SameVoxels, NeedTheSameRingsSectorsAndLayers) {
  const auto changed = [](auto change) {
    Binning other = test::irregular_binning();
    change(other);
    return same_voxels(test::irregular_binning(), other);
  };
  EXPECT_FALSE(changed([](Binning& b) { b.layers[1].r_edges[1] = 2.5; }));
  EXPECT_FALSE(changed([](Binning& b) { b.layers[1].sectors = 4; }));
  EXPECT_FALSE(changed([](Binning& b) { b.layers[3].id = 13; }));
  EXPECT_FALSE(changed([](Binning& b) { b.layers.pop_back(); }));
}

}  // namespace
}  // namespace showergan::physics
