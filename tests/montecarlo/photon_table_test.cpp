#include "montecarlo/photon_table.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "media.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

TEST(PhotonTable, HoldsWhatTheProcessesSay) {
  for (const MediumPhysics* physics : {&test::tungsten(), &test::silicon()}) {
    for (double energy = 1.0 / 1024; energy < 1.2e6; energy *= 2) {  // nodes
      SCOPED_TRACE(testing::Message() << physics->medium.name << ", " << energy << " MeV");
      const auto place = physics->photons.place(energy);
      const double compton = physics->compton.cross_section(energy);
      const double conversion = physics->conversion.cross_section(energy);
      EXPECT_DOUBLE_EQ(physics->photons.at(place, PhotonTable::compton), compton);
      EXPECT_DOUBLE_EQ(physics->photons.at(place, PhotonTable::conversion), conversion);
      EXPECT_DOUBLE_EQ(physics->photons.at(place, PhotonTable::all),
                       compton + conversion + physics->photoelectric.cross_section(energy));
    }
  }
}

/// Off the edges of tungsten: 12.1 keV and below, 69.5 keV.
TEST(PhotonTable, IsCloseInBetween) {
  const MediumPhysics& physics = test::tungsten();
  for (double energy = 0.013; energy < 1e6; energy *= 1.023) {
    if (energy > 0.064 && energy < 0.076) continue;  // the edge's interval and its neighbours
    const auto place = physics.photons.place(energy);
    const double all = physics.compton.cross_section(energy) +
                       physics.conversion.cross_section(energy) +
                       physics.photoelectric.cross_section(energy);
    EXPECT_NEAR(physics.photons.at(place, PhotonTable::all), all, 6e-3 * all) << energy;
  }
}

TEST(PhotonTable, LeavesThePhotoelectricEffectTheRest) {
  for (const MediumPhysics* physics : {&test::tungsten(), &test::silicon()}) {
    const PhotonTable& table = physics->photons;
    for (double energy = 1e-3; energy < 1e6; energy *= 1.01) {
      const auto place = table.place(energy);
      const double all = table.at(place, PhotonTable::all);
      EXPECT_GE(all * (1 + 1e-12),
                table.at(place, PhotonTable::compton) + table.at(place, PhotonTable::conversion));
      if (energy < 15.0 / 16) {
        EXPECT_EQ(table.at(place, PhotonTable::conversion), 0) << energy;
      }
    }
  }
}

/// Seven ninths of an inverse radiation length at high energies, in tungsten before the
/// suppression by Landau, Pomeranchuk and Migdal.
TEST(PhotonTable, ConvertsInNineSeventhsOfARadiationLength) {
  const MediumPhysics& physics = test::tungsten();
  const auto place = physics.photons.place(5e4);
  EXPECT_NEAR(physics.photons.at(place, PhotonTable::all) * physics.medium.radiation_length,
              7.0 / 9, 0.03);
}

}  // namespace
}  // namespace showergan::montecarlo
