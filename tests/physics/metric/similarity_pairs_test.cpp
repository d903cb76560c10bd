#include "physics/metric/similarity_pairs.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

std::vector<double> energies(std::uint64_t seed) {
  const std::vector<float> values = test::toy_energies(seed, 500);
  return {values.begin(), values.end()};
}

void expect_near_energy(double a, double b) {
  EXPECT_LE(std::abs(b / a - 1), 0.0501);
}

TEST(SimilarityPairs, TriplesAreDifferentShowersOfOneEnergy) {
  const std::vector<double> energy = energies(1);
  const auto triples = choose_triples(energy, 200);
  EXPECT_GT(triples.size(), 190u);
  double partner = 0;
  double other = 0;
  for (const ReferenceTriple& triple : triples) {
    const auto of = [&](std::int64_t row) { return energy[static_cast<std::size_t>(row)]; };
    EXPECT_NE(triple.shower, triple.partner);
    EXPECT_NE(triple.shower, triple.other);
    EXPECT_NE(triple.partner, triple.other);
    expect_near_energy(of(triple.shower), of(triple.partner));
    expect_near_energy(of(triple.shower), of(triple.other));
    partner += of(triple.partner) / of(triple.shower);
    other += of(triple.other) / of(triple.shower);
  }
  // Neither is preferred at lower or higher energy; their spread is 0.05/√3.
  EXPECT_NEAR(partner / other, 1, 5 * 0.05 / std::sqrt(3.0 * 100));
}

TEST(SimilarityPairs, AShowerWithoutCompanyIsLeftOut) {
  EXPECT_TRUE(choose_triples(std::vector<double>{10, 20, 40, 80}, 50).empty());
  EXPECT_TRUE(choose_triples({}, 50).empty());
}

TEST(SimilarityPairs, CandidatesHaveTheEnergyOfTheShower) {
  const std::vector<double> reference = energies(1);
  std::vector<double> candidate = energies(2);
  std::erase_if(candidate, [](double energy) { return energy > 50; });
  const auto triples = choose_triples(reference, 200);
  const auto candidates = choose_candidates(triples, reference, candidate);
  ASSERT_EQ(candidates.size(), triples.size());
  for (std::size_t i = 0; i < triples.size(); ++i) {
    const double energy = reference[static_cast<std::size_t>(triples[i].shower)];
    if (energy > 53) {
      EXPECT_FALSE(candidates[i]);
    }
    if (energy < 45) {
      EXPECT_TRUE(candidates[i]);
    }
    if (candidates[i])
      expect_near_energy(energy, candidate[static_cast<std::size_t>(*candidates[i])]);
  }
}

TEST(SimilarityPairs, RowsAreAscendingAndUnique) {
  const std::vector<ReferenceTriple> triples = {{5, 1, 9}, {1, 5, 0}};
  EXPECT_EQ(rows_of(triples), (std::vector<std::int64_t>{0, 1, 5, 9}));
  const std::vector<std::optional<std::int64_t>> candidates = {7, std::nullopt, 2, 7};
  EXPECT_EQ(rows_of(candidates), (std::vector<std::int64_t>{2, 7}));
}

TEST(SimilarityPairs, LargeGridsHaveFewerTriples) {
  EXPECT_EQ(number_of_triples(15'625), 1000u);
  EXPECT_EQ(number_of_triples(500'000), 100u);
}

}  // namespace
}  // namespace showergan::physics
