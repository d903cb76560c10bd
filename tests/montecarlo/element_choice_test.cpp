#include "montecarlo/element_choice.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

double cross_section(std::size_t i, double energy) {
  return i == 0 ? 1 : i == 1 ? 2 + std::log(energy) : 0.5 * std::sqrt(energy);
}

TEST(ElementChoice, DrawsByTheSharesAlsoBetweenNodes) {
  const ElementChoice choice(3, 1, 1000, cross_section);
  RandomStream random(5, 1);
  constexpr int count = 100000;
  for (const double energy : {1.0, 3.3, 47.0, 1000.0}) {
    std::array<int, 3> found{};
    for (int n = 0; n < count; ++n) ++found[choice.draw(energy, random)];
    const double sum =
        cross_section(0, energy) + cross_section(1, energy) + cross_section(2, energy);
    for (std::size_t i = 0; i < 3; ++i) {
      const double share = cross_section(i, energy) / sum;
      EXPECT_NEAR(found[i], count * share, 4 * std::sqrt(count * share)) << energy << " " << i;
    }
  }
}

TEST(ElementChoice, HoldsTheSharesOutsideItsRange) {
  const ElementChoice choice(2, 1, 10, [](std::size_t i, double energy) {
    return i == 0 ? (energy < 3 ? 1.0 : 0.0) : (energy < 3 ? 0.0 : 1.0);
  });
  RandomStream random(5, 2);
  for (int n = 0; n < 1000; ++n) {
    ASSERT_EQ(choice.draw(0.1, random), 0U);
    ASSERT_EQ(choice.draw(1e5, random), 1U);
  }
}

TEST(ElementChoice, OfOneElementThereIsNoChoice) {
  const ElementChoice choice(1, 1, 10, [](std::size_t, double) { return 1.0; });
  RandomStream random(5, 3);
  EXPECT_EQ(choice.draw(2, random), 0U);
}

}  // namespace
}  // namespace showergan::montecarlo
