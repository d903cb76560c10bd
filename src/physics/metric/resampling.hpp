#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// Every uncertainty of a metric comes from so many resamplings, all with this seed.
inline constexpr std::int64_t kResamplings = 200;
inline constexpr std::uint64_t kResamplingSeed = 1;

/// `count` numbers below `size`, independent of each other. `stream` separates draws of one seed.
std::vector<std::size_t> draw_with_replacement(std::uint64_t seed, std::uint64_t stream,
                                               std::size_t size, std::size_t count);

/// `count` different numbers below `size` in random order; any selection is as probable as another.
std::vector<std::size_t> draw_without_replacement(std::uint64_t seed, std::uint64_t stream,
                                                  std::size_t size, std::size_t count);

/// A bootstrap sample (B. Efron, Ann. Statist. 7 (1979) 1): in each bin of the energy as many
/// showers as there are, drawn with replacement. Showers outside the bins stay. Samples with
/// equally many showers in a bin get the same places there from one `stream`, so that two samples
/// of equal energies stay so.
Sample bootstrap(const Sample& sample, const EnergyBins& bins, std::uint64_t stream);

/// Standard deviation of `statistic(i)` for i = 0 … kResamplings − 1, about their mean; none if one
/// of them has no value. `statistic` runs on several threads.
std::optional<double> spread_of_resamplings(
    const std::function<std::optional<double>(std::uint64_t resampling)>& statistic, int threads);

/// From the spread of a statistic over samples of m out of `pool` showers, drawn without
/// replacement, to its standard deviation for samples of n: [(1/n) / (1/m − 1/pool)]^½, as the
/// variance falls with the number of showers and samples from one pool share showers (D. N. Politis
/// and J. P. Romano, Ann. Statist. 22 (1994) 2031). It is 1 for m = n/2 out of n.
double subsampling_scale(double m, double pool, double n);

}  // namespace showergan::physics
