#include "physics/classifier/two_sets.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"

namespace showergan::physics {
namespace {

/// A shower of one of two sets.
struct Place {
  const CompactImages* images;
  std::int64_t number;

  double energy() const { return images->energy()[static_cast<std::size_t>(number)]; }
};

Place place_of(std::int64_t sample, const TwoSets& sets, const CompactImages* reference,
               const CompactImages* candidate) {
  if (sets.is_reference(sample)) return {reference, sample};
  return {candidate, sample - sets.size()};
}

}  // namespace

void TwoSets::target(std::int64_t sample, std::span<float> values) const {
  values[0] = is_reference(sample) ? 1.0f : 0.0f;
}

TwoTables::TwoTables(FeatureTable reference, FeatureTable candidate)
    : TwoSets(reference.size()),
      reference_(std::move(reference)),
      candidate_(std::move(candidate)) {
  SHOWERGAN_EXPECT(reference_.size() == candidate_.size());
}

void TwoTables::fill(std::int64_t sample, std::size_t, std::span<float> values) const {
  std::ranges::copy(is_reference(sample) ? reference_.row(sample) : candidate_.row(sample - size()),
                    values.begin());
}

TwoCellSets::TwoCellSets(const CompactImages& reference, const CompactImages& candidate)
    : TwoSets(reference.size()), reference_(&reference), candidate_(&candidate) {
  SHOWERGAN_EXPECT(reference.size() == candidate.size());
}

void TwoCellSets::fill(std::int64_t sample, std::size_t, std::span<float> values) const {
  const Place place = place_of(sample, *this, reference_, candidate_);
  const auto cells = values.first(values.size() - 1);
  place.images->expand(place.number, cells);
  const auto scale = static_cast<float>(100 / place.energy());
  for (float& cell : cells) cell *= scale;
  values.back() = static_cast<float>(std::log10(place.energy()));
}

TwoImageSets::TwoImageSets(const CompactImages& reference, const CompactImages& candidate)
    : TwoSets(reference.size()), reference_(&reference), candidate_(&candidate) {
  SHOWERGAN_EXPECT(reference.size() == candidate.size());
}

void TwoImageSets::fill(std::int64_t sample, std::size_t input, std::span<float> values) const {
  const Place place = place_of(sample, *this, reference_, candidate_);
  if (input == 1) {
    values[0] = static_cast<float>(std::log10(place.energy()));
    return;
  }
  place.images->expand(place.number, values);
  constexpr double kLeast = 1e-9;  // GeV; where no threshold is set
  const double threshold = place.images->threshold();
  const auto scale = static_cast<float>(1 / std::max(threshold, kLeast));
  for (float& cell : values) {
    if (cell > 0) cell = std::log10(1 + cell * scale);
  }
}

}  // namespace showergan::physics
