#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace showergan {

/// 0 … n − 1 in an order that depends on the random numbers of `index` only (Fisher and Yates);
/// n < 2^32.
std::vector<std::int64_t> permutation(const CounterRandom& random, std::uint64_t index,
                                      std::int64_t n);

}  // namespace showergan
