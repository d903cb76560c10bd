#include "base/permutation.hpp"

#include <array>
#include <numeric>
#include <utility>

namespace showergan {

std::vector<std::int64_t> permutation(const CounterRandom& random, std::uint64_t index,
                                      std::int64_t n) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  std::array<std::uint32_t, 4> words = {};
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    if (i % 4 == 0) words = random.words(index, static_cast<std::uint32_t>(i / 4));
    // A product of 32 bits each: the bias is below n / 2^32.
    const std::uint64_t choices = order.size() - i;
    std::swap(order[i], order[i + ((choices * words[i % 4]) >> 32)]);
  }
  return order;
}

}  // namespace showergan
