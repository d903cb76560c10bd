#include "physics/metric/similarity_pairs.hpp"

#include <algorithm>
#include <numeric>

#include "physics/metric/resampling.hpp"

namespace showergan::physics {
namespace {

constexpr double kTolerance = 0.05;
constexpr std::size_t kTriples = 1000;

/// Streams of random numbers of this file, apart from those of the resamplings.
constexpr std::uint64_t kSeed = 2;
constexpr std::uint64_t kShowers = 0;
constexpr std::uint64_t kFirstWindow = 1;
constexpr std::uint64_t kFirstCandidate = std::uint64_t{1} << 32;

/// Showers in order of energy.
class ByEnergy {
 public:
  explicit ByEnergy(std::span<const double> energy) : energy_(energy), rows_(energy.size()) {
    std::iota(rows_.begin(), rows_.end(), std::int64_t{0});
    std::ranges::stable_sort(rows_, {}, [this](std::int64_t row) { return energy_of(row); });
  }

  /// Those of this energy to kTolerance.
  std::span<const std::int64_t> near(double energy) const {
    const auto of = [this](std::int64_t row) { return energy_of(row); };
    const auto first = std::ranges::lower_bound(rows_, (1 - kTolerance) * energy, {}, of);
    const auto last = std::ranges::upper_bound(rows_, (1 + kTolerance) * energy, {}, of);
    return {first, last};
  }

 private:
  double energy_of(std::int64_t row) const { return energy_[static_cast<std::size_t>(row)]; }

  std::span<const double> energy_;
  std::vector<std::int64_t> rows_;
};

std::vector<std::int64_t> in_order(std::vector<std::int64_t> rows) {
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace

std::vector<ReferenceTriple> choose_triples(std::span<const double> energy, std::size_t count) {
  const ByEnergy showers(energy);
  std::vector<ReferenceTriple> triples;
  const std::vector<std::size_t> chosen =
      draw_with_replacement(kSeed, kShowers, energy.size(), energy.empty() ? 0 : count);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const std::span<const std::int64_t> near = showers.near(energy[chosen[i]]);
    if (near.size() < 3) continue;
    const auto shower = static_cast<std::int64_t>(chosen[i]);
    std::vector<std::int64_t> others;
    for (const std::size_t place :
         draw_without_replacement(kSeed, kFirstWindow + i, near.size(), 3)) {
      if (near[place] != shower) others.push_back(near[place]);
    }
    triples.push_back({shower, others[0], others[1]});
  }
  return triples;
}

std::vector<std::optional<std::int64_t>> choose_candidates(
    std::span<const ReferenceTriple> triples, std::span<const double> reference_energy,
    std::span<const double> candidate_energy) {
  const ByEnergy showers(candidate_energy);
  std::vector<std::optional<std::int64_t>> candidates(triples.size());
  for (std::size_t i = 0; i < triples.size(); ++i) {
    const auto index = static_cast<std::size_t>(triples[i].shower);
    const std::span<const std::int64_t> near = showers.near(reference_energy[index]);
    if (near.empty()) continue;
    candidates[i] = near[draw_with_replacement(kSeed, kFirstCandidate + i, near.size(), 1)[0]];
  }
  return candidates;
}

std::vector<std::int64_t> rows_of(std::span<const ReferenceTriple> triples) {
  std::vector<std::int64_t> rows;
  for (const ReferenceTriple& triple : triples) {
    rows.insert(rows.end(), {triple.shower, triple.partner, triple.other});
  }
  return in_order(std::move(rows));
}

std::vector<std::int64_t> rows_of(std::span<const std::optional<std::int64_t>> candidates) {
  std::vector<std::int64_t> rows;
  for (const auto& candidate : candidates) {
    if (candidate) rows.push_back(*candidate);
  }
  return in_order(std::move(rows));
}

std::size_t number_of_triples(std::int64_t cells) {
  constexpr std::int64_t kBytes = 800'000'000;
  const auto bytes = 4 * cells * static_cast<std::int64_t>(sizeof(float));
  return std::min(kTriples, static_cast<std::size_t>(std::max<std::int64_t>(1, kBytes / bytes)));
}

}  // namespace showergan::physics
