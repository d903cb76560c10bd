#include "physics/calochallenge/protocol_observable.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

/// A set of 45 equal layers with one shower of `energy` MeV in one voxel of each.
VoxelSet regular_set(std::int64_t sectors, std::size_t rings, float energy) {
  Binning binning;
  for (int id = 0; id < 45; ++id) {
    BinningLayer layer;
    layer.id = id;
    layer.sectors = sectors;
    for (std::size_t r = 0; r <= rings; ++r) layer.r_edges.push_back(4.65 * static_cast<double>(r));
    binning.layers.push_back(layer);
  }
  ShowerBatch batch;
  batch.grid = binning.grid();
  batch.energy = {1};
  batch.cells.resize(static_cast<std::size_t>(batch.grid.cells()));
  for (std::size_t z = 0; z < 45; ++z) batch.cells[z] = 1e-3f * energy;
  VoxelSet set(binning, protocol_of(binning), {0.01, 100});
  set.append(batch, 1);
  return set;
}

ProtocolObservable named(const VoxelSet& set, const std::string& name) {
  const auto all = protocol_observables(set);
  const auto found = std::ranges::find(all, name, &ProtocolObservable::name);
  EXPECT_NE(found, all.end()) << name;
  return found == all.end() ? all.front() : *found;
}

TEST(ProtocolObservables, AreThoseOfEveryLayer) {
  const VoxelSet set = regular_set(16, 9, 20);
  EXPECT_EQ(protocol_observables(set).size(), 2u + 8u * 45u);
  const ProtocolObservable one = named(set, "centre_eta_12");
  EXPECT_EQ(one.group, "centre_eta");
  EXPECT_EQ(one.layer, 12u);
}

TEST(ProtocolObservables, HaveTheRangesOfTheDataSet) {
  const VoxelSet set = regular_set(16, 9, 20);  // 900 of 1000 MeV
  const auto range = [&](const std::string& name) {
    const auto edges = protocol_edges(set, named(set, name));
    return std::tuple(edges.front(), edges.back(), edges.size() - 1);
  };
  EXPECT_EQ(range("e_ratio"), std::tuple(0.5, 1.5, 100u));
  EXPECT_EQ(range("centre_phi_3"), std::tuple(-30.0, 30.0, 100u));
  EXPECT_EQ(range("width_eta_3"), std::tuple(0.0, 30.0, 100u));
  // 145 numbers of empty voxels in groups of 8.
  EXPECT_EQ(range("sparsity_0"), std::tuple(-0.5 / 144, 151.5 / 144, 19u));
  const auto [low, high, bins] = range("e_layer_4");
  EXPECT_NEAR(low, 0.0151515, 1e-6);
  EXPECT_NEAR(high, 20, 1e-5);
  EXPECT_EQ(bins, 39u);
}

TEST(ProtocolObservables, TakeTheReferencesRangeWhereItIsElsewhere) {
  const VoxelSet set = regular_set(16, 9, 0.7f);  // 31.5 of 1000 MeV, not calibrated
  const auto edges = protocol_edges(set, named(set, "e_ratio"));
  EXPECT_LT(edges.back(), 0.04);
  EXPECT_TRUE(edges.front() < 0.0315 && 0.0315 < edges.back());
  EXPECT_TRUE(leaves_the_protocol(set, named(set, "e_ratio")));
  EXPECT_FALSE(leaves_the_protocol(set, named(set, "centre_eta_4")));
  EXPECT_FALSE(leaves_the_protocol(set, named(set, "e_layer_4"))) << "always of the reference";
  const VoxelSet other = regular_set(8, 9, 20);
  const auto centre = protocol_edges(other, named(other, "centre_eta_0"));
  EXPECT_GT(centre.front(), -30);
  EXPECT_FALSE(leaves_the_protocol(other, named(other, "centre_eta_0"))) << "there is none";
}

TEST(ProtocolObservables, AnEmptyLayerHasNoBins) {
  const VoxelSet set = regular_set(16, 9, 0.001f);  // below the threshold
  EXPECT_TRUE(protocol_edges(set, named(set, "e_layer_4")).empty());
}

TEST(ProtocolObservables, OfSet1HaveTheRatioAtEachEnergy) {
  const Binning binning = {"photon",
                           {{0, {0, 1, 2, 3, 4, 5, 6, 7, 8}, 1},
                            {1, std::vector<double>(17), 10},
                            {2, std::vector<double>(20), 10},
                            {3, std::vector<double>(6), 1},
                            {12, std::vector<double>(6), 1}}};
  ASSERT_EQ(data_set_of(binning), DataSet::photons);
  ShowerBatch batch;
  batch.grid = binning.grid();
  batch.energy = {0.256f, 0.512f, 8.192f};
  batch.cells.resize(3 * static_cast<std::size_t>(batch.grid.cells()));
  for (std::int64_t i = 0; i < 3; ++i)
    batch.shower(i)[0] = batch.energy[static_cast<std::size_t>(i)];
  VoxelSet set(binning, protocol_of(binning), {10, 100});
  set.append(batch, 1);
  const ProtocolObservable low = named(set, "e_ratio_at_256_MeV");
  const std::vector<double> values = values_of(set, low);
  EXPECT_NEAR(values[0], 1, 1e-6);
  EXPECT_TRUE(std::isnan(values[1]) && std::isnan(values[2]));
  EXPECT_EQ(protocol_edges(set, low).front(), 0.4);
  EXPECT_EQ(protocol_edges(set, named(set, "e_ratio_at_8192_MeV")).front(), 0.9);
}

TEST(VoxelEdges, NeedAVoxel) {
  const Protocol protocol = protocol_of(test::irregular_binning());
  EXPECT_EQ(voxel_edges(protocol, 50).size(), 50u);
  const std::string text = test::input_error([&] { voxel_edges(protocol, 0); });
  EXPECT_NE(text.find("no voxel of the reference is above 0.001 MeV"), std::string::npos) << text;
}

}  // namespace
}  // namespace showergan::physics
