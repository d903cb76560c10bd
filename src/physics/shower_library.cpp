#include "physics/shower_library.hpp"

#include <algorithm>
#include <numeric>

#include "base/contract.hpp"
#include "base/random.hpp"

namespace showergan::physics {
namespace {

constexpr std::uint64_t kSeed = 5;

/// Rows of a library in order of energy.
struct Shelf {
  std::vector<std::int64_t> rows;
  std::vector<float> energy;  ///< of those rows, ascending
};

Shelf by_energy(std::span<const float> library_energy) {
  Shelf shelf;
  shelf.rows.resize(library_energy.size());
  std::iota(shelf.rows.begin(), shelf.rows.end(), std::int64_t{0});
  std::ranges::stable_sort(shelf.rows, {}, [library_energy](std::int64_t row) {
    return library_energy[static_cast<std::size_t>(row)];
  });
  for (const std::int64_t row : shelf.rows) {
    shelf.energy.push_back(library_energy[static_cast<std::size_t>(row)]);
  }
  return shelf;
}

float nearest_energy(const Shelf& shelf, double wanted) {
  const auto above = std::ranges::lower_bound(shelf.energy, wanted);
  if (above == shelf.energy.begin()) return *above;
  const float below = *(above - 1);
  if (above == shelf.energy.end()) return below;
  return *above - wanted < wanted - below ? *above : below;
}

}  // namespace

std::vector<LibraryUse> plan_library(std::span<const float> library_energy,
                                     std::span<const double> requested_energy, bool mirrored) {
  SHOWERGAN_EXPECT(!library_energy.empty());
  const Shelf shelf = by_energy(library_energy);
  const CounterRandom random(kSeed, RandomPurpose::resampling);
  std::vector<LibraryUse> uses;
  for (std::size_t i = 0; i < requested_energy.size(); ++i) {
    const float energy = nearest_energy(shelf, requested_energy[i]);
    const auto [begin, end] = std::equal_range(shelf.energy.begin(), shelf.energy.end(), energy);
    const auto words = random.words(i, 0);
    const auto place = static_cast<std::size_t>(
        (std::uint64_t{words[0]} * static_cast<std::uint64_t>(end - begin)) >> 32);
    const auto first = static_cast<std::size_t>(begin - shelf.energy.begin());
    uses.push_back({shelf.rows[first + place], static_cast<float>(requested_energy[i]),
                    static_cast<float>(requested_energy[i] / energy), mirrored ? words[1] % 8 : 0});
  }
  std::ranges::stable_sort(uses, {}, &LibraryUse::shower);
  return uses;
}

LibraryReuse count_reuse(std::span<const LibraryUse> uses) {
  LibraryReuse reuse;
  std::int64_t now = 0;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const bool next = i == 0 || uses[i].shower != uses[i - 1].shower;
    now = next ? 1 : now + 1;
    reuse.distinct += next ? 1 : 0;
    reuse.most = std::max(reuse.most, now);
  }
  return reuse;
}

}  // namespace showergan::physics
