#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "physics/sample.hpp"

namespace showergan::physics {

/// What a classifier of particles learns from, chooses its best epoch with, and is applied to: 40,
/// 10 and 50 % of the showers, as places in a sample, ascending.
struct EnergySplit {
  std::vector<std::int64_t> training;
  std::vector<std::int64_t> validation;
  std::vector<std::int64_t> test;
};

/// Splits a sample of `size` showers, which is in order of energy: of every ten neighbours four,
/// one and five, drawn at random by `seed`, so that the parts have one energy spectrum.
EnergySplit split_neighbours(std::int64_t size, std::uint64_t seed);

/// The showers at these places of a sample.
Sample pick(const Sample& sample, std::span<const std::int64_t> places);

}  // namespace showergan::physics
