#include "physics/identification/energy_split.hpp"

#include <algorithm>
#include <utility>

#include "base/permutation.hpp"
#include "base/random.hpp"

namespace showergan::physics {

EnergySplit split_neighbours(std::int64_t size, std::uint64_t seed) {
  constexpr std::int64_t kBlock = 10;
  constexpr std::int64_t kTraining = 4;
  constexpr std::int64_t kValidation = 1;
  const CounterRandom random(seed, RandomPurpose::split);
  EnergySplit split;
  for (std::int64_t first = 0; first < size; first += kBlock) {
    const auto rank = permutation(random, static_cast<std::uint64_t>(first / kBlock), kBlock);
    for (std::int64_t i = 0; i < std::min(kBlock, size - first); ++i) {
      const std::int64_t own = rank[static_cast<std::size_t>(i)];
      auto& part = own < kTraining                 ? split.training
                   : own < kTraining + kValidation ? split.validation
                                                   : split.test;
      part.push_back(first + i);
    }
  }
  return split;
}

Sample pick(const Sample& sample, std::span<const std::int64_t> places) {
  std::vector<std::int64_t> rows;
  rows.reserve(places.size());
  for (const std::int64_t place : places) {
    rows.push_back(sample.rows()[static_cast<std::size_t>(place)]);
  }
  return {sample.set(), std::move(rows)};
}

}  // namespace showergan::physics
