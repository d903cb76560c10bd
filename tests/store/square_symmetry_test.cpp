#include "store/square_symmetry.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

namespace showergan {
namespace {

using Image = std::vector<float>;

const Grid grid = {5, 5, 3};

Image numbered() {
  Image image(static_cast<std::size_t>(grid.cells()));
  std::iota(image.begin(), image.end(), 0.0F);
  return image;
}

Image applied(unsigned which, const Image& image) {
  Image out(image.size(), -1.0F);
  apply_symmetry(which, grid, image, out);
  return out;
}

float at(const Image& image, std::int64_t x, std::int64_t y, std::int64_t z) {
  return image[static_cast<std::size_t>((x * grid.ny + y) * grid.nz + z)];
}

TEST(SquareSymmetryTest, AreEightThatFormAGroup) {
  std::set<Image> all;
  for (unsigned a = 0; a < square_symmetries; ++a) all.insert(applied(a, numbered()));
  EXPECT_EQ(all.size(), 8U);
  for (unsigned a = 0; a < square_symmetries; ++a) {
    bool has_inverse = false;
    for (unsigned b = 0; b < square_symmetries; ++b) {
      const Image both = applied(b, applied(a, numbered()));
      EXPECT_TRUE(all.contains(both)) << a << " then " << b;
      has_inverse = has_inverse || both == numbered();
    }
    EXPECT_TRUE(has_inverse) << a;
  }
}

TEST(SquareSymmetryTest, ZeroIsTheIdentity) {
  EXPECT_EQ(applied(0, numbered()), numbered());
}

TEST(SquareSymmetryTest, KeepDepthNeighboursAndEveryCell) {
  for (unsigned a = 0; a < square_symmetries; ++a) {
    Image image = applied(a, numbered());
    for (std::int64_t x = 0; x < grid.nx; ++x) {
      for (std::int64_t y = 0; y < grid.ny; ++y) {
        for (std::int64_t z = 0; z < grid.nz; ++z) {
          // Cells were numbered with z fastest: the remainder is the layer.
          ASSERT_EQ(static_cast<std::int64_t>(at(image, x, y, z)) % grid.nz, z);
        }
      }
    }
    EXPECT_EQ(at(image, 2, 2, 1), at(numbered(), 2, 2, 1));
    std::sort(image.begin(), image.end());
    EXPECT_EQ(image, numbered());
  }
}

TEST(SquareSymmetryTest, BitsMeanWhatIsWritten) {
  const Image image = numbered();
  EXPECT_EQ(at(applied(1, image), 0, 1, 2), at(image, 4, 1, 2));
  EXPECT_EQ(at(applied(2, image), 0, 1, 2), at(image, 0, 3, 2));
  EXPECT_EQ(at(applied(4, image), 0, 1, 2), at(image, 1, 0, 2));
}

}  // namespace
}  // namespace showergan
