#include "physics/metric/halves.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

using test::measured;
using test::toy_energies;
using test::toy_showers;

TEST(Halves, OfEqualEnergiesArePaired) {
  const ShowerSet a = measured(toy_showers(1, toy_energies(1, 101)));
  const ShowerSet b = measured(toy_showers(2, toy_energies(1, 101)));
  const Halves halves = deal_to_halves(Sample(a), Sample(b), EnergyBins(a.energy()), false);
  EXPECT_TRUE(halves.paired);
  EXPECT_EQ(halves.size(), 50);
  EXPECT_EQ(halves.reference_1.energy(), halves.candidate_1.energy());
  EXPECT_EQ(halves.reference_2.energy(), halves.candidate_2.energy());
  EXPECT_NE(halves.reference_1.energy(), halves.reference_2.energy());
}

TEST(Halves, AreThinnedToTheSmallerSet) {
  const ShowerSet a = measured(toy_showers(1, toy_energies(1, 100)));
  const ShowerSet b = measured(toy_showers(2, toy_energies(2, 60)));
  const Halves halves = deal_to_halves(Sample(a), Sample(b), EnergyBins(a.energy()), false);
  EXPECT_FALSE(halves.paired);
  EXPECT_EQ(halves.reference.size(), 60);
  EXPECT_EQ(halves.candidate_2.size(), 30);
}

TEST(Halves, OfDifferentSpectraHaveEqualNumbersInEachBin) {
  const ShowerSet a = measured(toy_showers(1, toy_energies(1, 300)));
  std::vector<float> low = toy_energies(2, 300);
  for (float& energy : low) energy = 10 + 0.5F * (energy - 10);
  const ShowerSet b = measured(toy_showers(2, low));
  const EnergyBins bins(a.energy());
  const Halves halves = deal_to_halves(Sample(a), Sample(b), bins, true);
  const auto of_a = bins.split(halves.reference);
  const auto of_b = bins.split(halves.candidate);
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    EXPECT_EQ(of_a[bin].size(), of_b[bin].size());
  }
  EXPECT_EQ(of_a.back().size(), 0);
}

TEST(Halves, StreamsAreSharedByPairsOnly) {
  EXPECT_EQ(stream_of(HalfName::candidate_1, 3, true), stream_of(HalfName::reference_1, 3, true));
  EXPECT_EQ(stream_of(HalfName::candidate_2, 3, true), stream_of(HalfName::reference_2, 3, true));
  EXPECT_NE(stream_of(HalfName::reference_1, 3, true), stream_of(HalfName::reference_2, 3, true));
  EXPECT_NE(stream_of(HalfName::candidate_1, 3, false), stream_of(HalfName::reference_1, 3, false));
  EXPECT_NE(stream_of(HalfName::candidate_2, 3, false), stream_of(HalfName::reference_1, 4, false));
}

}  // namespace
}  // namespace showergan::physics
