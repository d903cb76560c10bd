#include "physics/classifier/split.hpp"

#include "base/permutation.hpp"
#include "base/random.hpp"

namespace showergan::physics {

Split split_pairs(std::int64_t size, std::uint64_t seed) {
  const auto order = permutation(CounterRandom(seed, RandomPurpose::split), 0, size);
  const std::int64_t training = 3 * size / 5;
  const std::int64_t validation = 4 * size / 5;
  Split split;
  for (std::int64_t i = 0; i < size; ++i) {
    auto& part = i < training ? split.training : i < validation ? split.validation : split.test;
    const std::int64_t number = order[static_cast<std::size_t>(i)];
    part.push_back(number);
    part.push_back(number + size);
  }
  return split;
}

}  // namespace showergan::physics
