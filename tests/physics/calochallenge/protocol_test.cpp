#include "physics/calochallenge/protocol.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

Binning regular(std::size_t layers, std::size_t rings, std::int64_t sectors) {
  Binning binning;
  for (std::size_t i = 0; i < layers; ++i) {
    BinningLayer layer;
    layer.id = static_cast<int>(i);
    layer.sectors = sectors;
    for (std::size_t ring = 0; ring <= rings; ++ring) {
      layer.r_edges.push_back(static_cast<double>(ring));
    }
    binning.layers.push_back(layer);
  }
  return binning;
}

/// Layers of so many rings and sectors.
Binning irregular(const std::vector<std::array<std::int64_t, 3>>& layers) {
  Binning binning;
  for (const auto& [id, rings, sectors] : layers) {
    BinningLayer layer = regular(1, static_cast<std::size_t>(rings), sectors).layers.front();
    layer.id = static_cast<int>(id);
    binning.layers.push_back(layer);
  }
  return binning;
}

TEST(ProtocolTest, KnowsTheDataSetsByTheirVoxels) {
  EXPECT_EQ(data_set_of(regular(45, 9, 16)), DataSet::set_2);
  EXPECT_EQ(data_set_of(regular(45, 18, 50)), DataSet::set_3);
  EXPECT_EQ(data_set_of(regular(44, 9, 16)), DataSet::other);
  EXPECT_EQ(data_set_of(regular(45, 16, 9)), DataSet::other);
  EXPECT_EQ(data_set_of(irregular({{0, 8, 1}, {1, 16, 10}, {2, 19, 10}, {3, 5, 1}, {12, 5, 1}})),
            DataSet::photons);
  EXPECT_EQ(data_set_of(irregular({{0, 8, 1}, {1, 16, 10}, {2, 19, 10}, {3, 5, 1}, {13, 5, 1}})),
            DataSet::other);
  EXPECT_EQ(data_set_of(irregular({{0, 8, 1},
                                   {1, 10, 10},
                                   {2, 10, 10},
                                   {3, 5, 1},
                                   {12, 15, 10},
                                   {13, 16, 10},
                                   {14, 10, 1}})),
            DataSet::pions);
}

TEST(ProtocolTest, ThresholdsAreThoseOfTheDataSet) {
  const Protocol second = protocol_of(regular(45, 9, 16));
  EXPECT_NEAR(second.threshold, 0.0151515, 1e-7);
  EXPECT_EQ(second.least_energy, second.threshold);
  const Protocol photons =
      protocol_of(irregular({{0, 8, 1}, {1, 16, 10}, {2, 19, 10}, {3, 5, 1}, {12, 5, 1}}));
  EXPECT_EQ(photons.threshold, 0);
  EXPECT_EQ(photons.least_energy, 10);
  const Protocol other = protocol_of(regular(3, 2, 4));
  EXPECT_EQ(other.threshold, 1e-3);
  EXPECT_EQ(other.least_energy, 1e-3);
}

TEST(ProtocolTest, AThresholdThatIsGivenCounts) {
  const Protocol given = protocol_of(regular(45, 9, 16), 0.5);
  EXPECT_EQ(given.threshold, 0.5);
  EXPECT_EQ(given.least_energy, 0.5);
  const Protocol none = protocol_of(regular(45, 9, 16), 0);
  EXPECT_EQ(none.threshold, 0);
  EXPECT_GT(none.least_energy, 0) << "a logarithmic histogram begins above 0";
}

TEST(ProtocolTest, NamesTheDataSet) {
  EXPECT_EQ(name_of(DataSet::set_3), "CaloChallenge data set 3");
  EXPECT_EQ(name_of(DataSet::other), "CaloChallenge layout");
}

}  // namespace
}  // namespace showergan::physics
