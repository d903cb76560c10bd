#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/random.hpp"

namespace showergan::montecarlo {

/// The random numbers of one shower, one after another: they depend on seed and shower only, not on
/// the thread. Words are drawn many at a time in vector registers.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint64_t shower) noexcept
      : random_(seed, RandomPurpose::monte_carlo), shower_(shower) {}

  /// Uniform in (0, 1), never an end: 32 bits.
  double uniform() noexcept {
    if (next_ == words_.size()) refill();
    return (static_cast<double>(words_[next_++]) + 0.5) * 0x1p-32;
  }

  /// With mean 1, exponential.
  double exponential() noexcept { return -std::log(uniform()); }

  /// Standard normal (Box–Muller, both numbers used).
  double normal() noexcept;

 private:
  void refill() noexcept;

  CounterRandom random_;
  std::uint64_t shower_;
  std::uint32_t draw_ = 0;
  std::array<std::uint32_t, 256> words_;
  std::size_t next_ = 256;
  double second_normal_ = 0;
  bool has_second_normal_ = false;
};

}  // namespace showergan::montecarlo
