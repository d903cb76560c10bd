#include "physics/metric/structural_similarity.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/hashed_numbers.hpp"

namespace showergan::physics {
namespace {

constexpr Grid kGrid = {13, 12, 14};

/// The images of make_expected_distances.py.
std::vector<float> image(std::uint64_t seed, double mixed) {
  std::vector<float> cells;
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(kGrid.cells()); ++i) {
    const double u = test::hashed_uniform((seed << 32) + i);
    const double v = test::hashed_uniform(((seed + 100) << 32) + i);
    cells.push_back(static_cast<float>((1 - mixed) * (u * u * u * u) + mixed * (v * v * v * v)));
  }
  return cells;
}

double similarity(const std::vector<float>& a, const std::vector<float>& b, double range) {
  const StructuralSimilarity similarity(kGrid, range);
  return similarity(a, similarity.moments(a), b, similarity.moments(b));
}

TEST(StructuralSimilarity, IsThatOfScikitImage) {
  const auto wanted =
      nlohmann::json::parse(test::fixture("metric/expected_distances.json"))["ssim"];
  EXPECT_NEAR(similarity(image(1, 0), image(1, 0.3), 1), wanted["mixed"].get<double>(), 1e-5);
  EXPECT_NEAR(similarity(image(1, 0), image(2, 0), 0.5), wanted["other"].get<double>(), 1e-5);
}

TEST(StructuralSimilarity, EqualImagesAreOneAndItIsSymmetric) {
  EXPECT_NEAR(similarity(image(1, 0), image(1, 0), 1), 1, 1e-12);
  const std::vector<float> a = image(1, 0);
  const std::vector<float> b = image(2, 0);
  EXPECT_NEAR(similarity(a, b, 1), similarity(b, a, 1), 1e-12);
  EXPECT_LT(similarity(a, b, 1), 0.5);
}

TEST(StructuralSimilarity, FlatImagesCompareByTheirLevel) {
  const std::vector<float> low(static_cast<std::size_t>(kGrid.cells()), 0.25F);
  const std::vector<float> high(static_cast<std::size_t>(kGrid.cells()), 0.5F);
  const double c1 = 1e-4;
  EXPECT_NEAR(similarity(low, high, 1), (2 * 0.125 + c1) / (0.0625 + 0.25 + c1), 1e-9);
}

}  // namespace
}  // namespace showergan::physics
