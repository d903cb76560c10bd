#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// A bin with fewer showers of either set is left out.
inline constexpr std::int64_t kBinPopulation = 20;

/// Why a metric in bins of the energy has no value.
inline const std::string kNoBins = "no energy bin holds 20 showers of each set";

/// Two samples that a metric compares, whole and in bins of the primary energy.
class Comparison {
 public:
  struct Bin {
    Sample reference;
    Sample candidate;
  };

  /// Uses the bins in which both samples hold kBinPopulation showers.
  Comparison(Sample reference, Sample candidate, const EnergyBins& bins);
  /// Uses the bins whose numbers are given, and of those only bins as above.
  Comparison(Sample reference, Sample candidate, const EnergyBins& bins,
             std::span<const std::size_t> allowed);

  const Sample& reference() const noexcept { return reference_; }
  const Sample& candidate() const noexcept { return candidate_; }
  std::span<const Bin> bins() const noexcept { return bins_; }

 private:
  Sample reference_;
  Sample candidate_;
  std::vector<Bin> bins_;
};

/// Numbers of the bins in which each of the samples holds kBinPopulation showers.
std::vector<std::size_t> populated_bins(const EnergyBins& bins, std::span<const Sample> samples);

}  // namespace showergan::physics
