#include "physics/shower_set.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "toy_showers.hpp"

namespace showergan::physics {
namespace {

using test::add_shower;
using test::batch_of;
using test::input_error;
using test::measured;

double only(const ShowerSet& set, Observable observable) {
  return set.column(observable)[0];
}

TEST(ShowerSet, OneCell) {
  const ShowerSet set = measured(batch_of({25, 25, 25}, 100, {{12, 3, 20, 0.25f}}));
  EXPECT_EQ(set.size(), 1);
  EXPECT_EQ(set.energy()[0], 100);
  EXPECT_EQ(only(set, Observable::e_sum), 0.25);
  EXPECT_EQ(only(set, Observable::sampling_fraction), 0.0025);
  EXPECT_EQ(only(set, Observable::m1_x), 12);
  EXPECT_EQ(only(set, Observable::m1_y), 3);
  EXPECT_EQ(only(set, Observable::m1_z), 20);
  EXPECT_EQ(only(set, Observable::m2_z), 0);
  EXPECT_EQ(only(set, Observable::hits_300keV), 1);
  EXPECT_EQ(only(set, Observable::third_3), 1);
  EXPECT_EQ(only(set, Observable::tail), 1);
  EXPECT_EQ(only(set, Observable::max_cell), 0.25);
  EXPECT_EQ(only(set, Observable::max_x), 12);
  EXPECT_EQ(only(set, Observable::max_y), 3);
  EXPECT_EQ(only(set, Observable::max_z), 20);
  EXPECT_DOUBLE_EQ(only(set, Observable::log10_max_cell), std::log10(0.25));
  EXPECT_EQ(set.profile(Profile::slice_z, 0)[20], 0.25f);
  EXPECT_EQ(set.profile(Profile::slice_x, 0)[12], 0.25f);
  EXPECT_EQ(set.profile(Profile::radial, 0)[9], 0.25f);
  EXPECT_EQ(set.profile(Profile::layer_centre_y, 0)[20], -9.0f);
  EXPECT_EQ(set.empty_showers(), 0);
}

TEST(ShowerSet, ResponseWeighsTheLayers) {
  ImageGeometry geometry = unit_geometry({1, 1, 3});
  geometry.layer_weights = {1, 1, 2};
  ShowerSet set(geometry);
  set.append(batch_of({1, 1, 3}, 4, {{0, 0, 1, 1}, {0, 0, 2, 0.5f}}), 1);
  EXPECT_EQ(only(set, Observable::response), 0.5);
  EXPECT_EQ(only(set, Observable::sampling_fraction), 0.375);
}

TEST(ShowerSet, SymmetricShowerLiesOnTheAxis) {
  const ShowerSet set = measured(batch_of(
      {5, 5, 3}, 10, {{1, 2, 1, 1}, {3, 2, 1, 1}, {2, 1, 1, 1}, {2, 3, 1, 1}, {2, 2, 1, 4}}));
  EXPECT_EQ(only(set, Observable::m1_x), 2);
  EXPECT_EQ(only(set, Observable::m1_y), 2);
  EXPECT_EQ(only(set, Observable::m2_x), 0.25);
  EXPECT_EQ(only(set, Observable::m2_y), 0.25);
  EXPECT_EQ(set.profile(Profile::layer_centre_x, 0)[1], 0);
  EXPECT_EQ(set.profile(Profile::layer_width_x, 0)[1], 0.5f);
  EXPECT_EQ(set.profile(Profile::radial, 0)[0], 4);
  EXPECT_EQ(set.profile(Profile::radial, 0)[1], 4);
}

TEST(ShowerSet, EmptyShowerHasFiniteObservables) {
  // A cell below the threshold counts as empty.
  const ShowerSet set = measured(batch_of({3, 3, 3}, 10, {{1, 1, 1, 0.9e-6f}}));
  EXPECT_EQ(set.empty_showers(), 1);
  for (std::size_t i = 0; i < kObservables; ++i) {
    const auto observable = static_cast<Observable>(i);
    EXPECT_TRUE(std::isfinite(only(set, observable))) << name_of(observable);
  }
  EXPECT_DOUBLE_EQ(only(set, Observable::log10_max_cell), -6);
}

TEST(ShowerSet, NamesAreThoseOfTheDefinitions) {
  EXPECT_EQ(name_of(Observable::e_sum), "e_sum");
  EXPECT_EQ(name_of(Observable::m2_z), "m2_z");
  EXPECT_EQ(name_of(Observable::hits_300keV), "hits_300keV");
  EXPECT_EQ(name_of(Observable::third_3), "third_3");
  EXPECT_EQ(name_of(Observable::log10_max_cell), "log10_max_cell");
}

void expect_equal(const ShowerSet& a, const ShowerSet& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_TRUE(std::ranges::equal(a.energy(), b.energy()));
  for (std::size_t i = 0; i < kObservables; ++i) {
    const auto observable = static_cast<Observable>(i);
    EXPECT_TRUE(std::ranges::equal(a.column(observable), b.column(observable)));
  }
  for (std::int64_t row = 0; row < a.size(); ++row) {
    for (std::size_t i = 0; i < kProfiles; ++i) {
      const auto profile = static_cast<Profile>(i);
      EXPECT_TRUE(std::ranges::equal(a.profile(profile, row), b.profile(profile, row)));
    }
    EXPECT_TRUE(
        std::ranges::equal(a.spectrum(Spectrum::wide, row), b.spectrum(Spectrum::wide, row)));
    EXPECT_TRUE(std::ranges::equal(a.spectrum(Spectrum::mip, row), b.spectrum(Spectrum::mip, row)));
  }
}

TEST(ShowerSet, IsTheSameForAnyNumberOfThreadsAndAnyBatches) {
  const ShowerBatch batch = test::toy_showers(1, test::toy_energies(1, 101));
  const ShowerSet one = measured(batch, 1);
  expect_equal(one, measured(batch, 7));
  ShowerSet pieces(unit_geometry(batch.grid));
  for (std::int64_t first = 0; first < batch.size(); first += 33) {
    ShowerBatch piece;
    piece.grid = batch.grid;
    for (std::int64_t i = first; i < std::min<std::int64_t>(first + 33, batch.size()); ++i) {
      piece.energy.push_back(batch.energy[static_cast<std::size_t>(i)]);
      const auto image = batch.shower(i);
      piece.cells.insert(piece.cells.end(), image.begin(), image.end());
    }
    pieces.append(piece, 2);
  }
  expect_equal(one, pieces);
}

TEST(ShowerSet, RefusesWhatIsNoShowerAndStaysAsItWas) {
  ShowerSet set(unit_geometry({1, 1, 2}));
  set.append(batch_of({1, 1, 2}, 10, {{0, 0, 0, 1}}), 1);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(input_error([&] {
              set.append(batch_of({1, 1, 2}, 10, {{0, 0, 1, nan}}), 1);
            }),
            "a shower holds cells that are NaN or infinite (shower 1); check the data set with "
            "showergan inspect");
  EXPECT_EQ(input_error([&] {
              set.append(batch_of({1, 1, 2}, 0, {{0, 0, 1, 1}}), 1);
            }),
            "the energy of a primary must be a positive number (shower 1); check the data set with "
            "showergan inspect");
  EXPECT_EQ(input_error([&] {
              set.append(batch_of({1, 2, 2}, 10, {}), 1);
            }),
            "the showers have 1x2x2 cells and the calorimeter 1x1x2; choose the detector that the "
            "showers were made for");
  EXPECT_EQ(set.size(), 1);
  EXPECT_EQ(only(set, Observable::e_sum), 1);
}

TEST(ShowerSet, KeepsTheImagesThatWereAskedFor) {
  ShowerBatch batch = batch_of({1, 1, 2}, 10, {{0, 0, 0, 1}, {0, 0, 1, 1e-9F}});
  for (int i = 1; i < 6; ++i) test::add_shower(batch, 10, {{0, 0, 1, static_cast<float>(i)}});
  ShowerSet set(unit_geometry(batch.grid));
  set.keep_images({0, 5, 7});
  set.append(batch, 2);
  set.append(batch, 2);
  EXPECT_EQ(set.image(0)[0], 1);
  EXPECT_EQ(set.image(0)[1], 0) << "below the readout threshold";
  EXPECT_EQ(set.image(5)[1], 5);
  EXPECT_EQ(set.image(7)[1], 1);
}

TEST(ShowerSet, HasAnglesIfEveryBatchHasThem) {
  ShowerBatch batch = batch_of({1, 1, 2}, 10, {{0, 0, 0, 1}});
  ShowerSet set(unit_geometry(batch.grid));
  batch.theta = {1.5F};
  set.append(batch, 1);
  ASSERT_EQ(set.theta().size(), 1u);
  EXPECT_EQ(set.theta()[0], 1.5);
  batch.theta.clear();
  set.append(batch, 1);
  EXPECT_TRUE(set.theta().empty());
}

}  // namespace
}  // namespace showergan::physics
