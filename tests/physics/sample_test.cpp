#include "physics/sample.hpp"

#include <gtest/gtest.h>

#include "toy_showers.hpp"

namespace showergan::physics {
namespace {

ShowerSet set_of(const std::vector<float>& energies) {
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  for (const float energy : energies) {
    test::add_shower(batch, energy, {{0, 0, 0, energy}, {0, 0, 1, 1e-3f}});
  }
  return test::measured(batch);
}

TEST(Sample, IsInOrderOfEnergyAndEqualOnesInThatOfTheSet) {
  const ShowerSet set = set_of({30, 10, 20, 10});
  const Sample sample(set);
  EXPECT_EQ(std::vector(sample.rows().begin(), sample.rows().end()),
            (std::vector<std::int64_t>{1, 3, 2, 0}));
  EXPECT_EQ(sample.energy(), (std::vector<double>{10, 10, 20, 30}));
}

TEST(Sample, Averages) {
  const ShowerSet set = set_of({1, 3});
  const Sample sample(set);
  EXPECT_EQ(sample.mean_profile(Profile::slice_z)[0], 2);
  EXPECT_EQ(sample.column(Observable::max_cell), (std::vector<double>{1, 3}));
  EXPECT_EQ(sample.summed_spectrum(Spectrum::wide)[15], 2);  // 1 MeV is the edge of bin 15
}

TEST(Sample, ThinnedIsEvenlySpread) {
  const ShowerSet set = set_of({0.5f, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  EXPECT_EQ(thin(Sample(set), 2).energy(), (std::vector<double>{2, 7}));
  EXPECT_EQ(thin(Sample(set), 5).size(), 5);
  EXPECT_EQ(thin(Sample(set), 10).size(), 10);
  EXPECT_EQ(thin(Sample(set), 99).size(), 10);
  EXPECT_EQ(thin(Sample(set), 0).size(), 0);
}

TEST(Sample, IsDealtAlternately) {
  const ShowerSet set = set_of({5, 1, 4, 2, 3});
  const auto [first, second] = deal(Sample(set));
  EXPECT_EQ(first.energy(), (std::vector<double>{1, 3}));
  EXPECT_EQ(second.energy(), (std::vector<double>{2, 4}));
}

}  // namespace
}  // namespace showergan::physics
