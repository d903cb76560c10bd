#pragma once

#include <cstdint>
#include <vector>

namespace showergan::physics {

/// What a classifier learns from, chooses its best epoch with, and is judged by: 60, 20 and 20 % of
/// the showers.
struct Split {
  std::vector<std::int64_t> training;
  std::vector<std::int64_t> validation;
  std::vector<std::int64_t> test;
};

/// Splits two sets of `size` showers each, at random by `seed`. The numbers below `size` are the
/// first set's, the same plus `size` the second's.
///
/// Showers of the same number in both sets stay together: those are of the same energy if the sets
/// are in order of energy and one was generated at the energies of the other. Otherwise a
/// classifier could remember from the training that some exact energy is one set's, and judge the
/// other shower of that energy by it.
Split split_pairs(std::int64_t size, std::uint64_t seed);

}  // namespace showergan::physics
