#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "physics/feature_matrix.hpp"
#include "physics/metric/halves.hpp"

namespace showergan::physics {

inline constexpr std::array<HalfName, 2> kReferences = {HalfName::reference_1,
                                                        HalfName::reference_2};
inline constexpr std::array<HalfName, 2> kCandidates = {HalfName::candidate_1,
                                                        HalfName::candidate_2};

/// High-level features of the four halves, of equally many showers each.
struct HalvedFeatures {
  std::array<FeatureMatrix, 4> halves;  ///< by HalfName
  bool paired = false;                  ///< Halves::paired

  const FeatureMatrix& operator[](HalfName half) const {
    return halves[static_cast<std::size_t>(half)];
  }
  /// Showers of a half.
  std::size_t size() const noexcept { return halves.front().rows(); }
};

/// Features, each over its largest absolute value in the reference.
HalvedFeatures normalised(HalvedFeatures features);

/// Features of halves thinned to `most` showers, each over its largest absolute value in the
/// reference.
HalvedFeatures normalised_features(const Halves& halves, std::int64_t most);

/// The same, each over its standard deviation in the reference.
HalvedFeatures standardised_features(const Halves& halves, std::int64_t most);

/// Random groups of showers, from which samples of a half are put together.
inline constexpr std::size_t kGroups = 64;

/// The group of each of `rows` showers; groups are of equal size but for the remainder.
std::vector<std::size_t> random_groups(HalfName half, std::size_t rows, bool paired);

/// Half of the groups, without repetition, for one resampling of a half.
std::vector<std::size_t> half_of_groups(HalfName half, std::uint64_t resampling, bool paired);

}  // namespace showergan::physics
