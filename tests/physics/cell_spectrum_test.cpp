#include "physics/cell_spectrum.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

std::vector<std::uint32_t> counted(double energy, Spectrum spectrum) {
  std::vector<std::uint32_t> counts(spectrum_edges(spectrum).size() - 1);
  count_cells(std::vector<Cell>{{0, 0, 0, energy}}, spectrum, counts);
  return counts;
}

TEST(CellSpectrum, HasTheBinsOfTheDefinition) {
  const auto wide = spectrum_edges(Spectrum::wide);
  ASSERT_EQ(wide.size(), 31u);
  EXPECT_DOUBLE_EQ(wide.front(), 1e-6);
  EXPECT_DOUBLE_EQ(wide[10], 1e-4);
  EXPECT_DOUBLE_EQ(wide.back(), 1);
  const auto mip = spectrum_edges(Spectrum::mip);
  ASSERT_EQ(mip.size(), 46u);
  EXPECT_DOUBLE_EQ(mip.front(), 5e-5);
  EXPECT_DOUBLE_EQ(mip[1], 6e-5);
  EXPECT_DOUBLE_EQ(mip.back(), 5e-4);
  const auto full = spectrum_edges(Spectrum::full);
  ASSERT_EQ(full.size(), 37u);
  EXPECT_DOUBLE_EQ(full.front(), 1e-6);
  EXPECT_DOUBLE_EQ(full[4], 1e-5);
  EXPECT_DOUBLE_EQ(full.back(), 1000);
}

TEST(CellSpectrum, ABinHoldsItsLowerEdgeAndTheLastOneBoth) {
  const auto mip = spectrum_edges(Spectrum::mip);
  EXPECT_EQ(counted(mip[3], Spectrum::mip)[3], 1u);
  EXPECT_EQ(counted(mip.back(), Spectrum::mip)[44], 1u);
  EXPECT_EQ(counted(mip.front(), Spectrum::mip)[0], 1u);
}

TEST(CellSpectrum, LeavesOutWhatIsOutside) {
  const std::vector<std::uint32_t> none(30);
  EXPECT_EQ(counted(0.99e-6, Spectrum::wide), none);
  EXPECT_EQ(counted(1.01, Spectrum::wide), none);
}

}  // namespace
}  // namespace showergan::physics
