#include "physics/metric/comparison.hpp"

#include <utility>

namespace showergan::physics {
namespace {

std::vector<std::size_t> all_bins(const EnergyBins& bins) {
  std::vector<std::size_t> numbers;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) numbers.push_back(bin);
  return numbers;
}

}  // namespace

Comparison::Comparison(Sample reference, Sample candidate, const EnergyBins& bins)
    : Comparison(std::move(reference), std::move(candidate), bins, all_bins(bins)) {}

Comparison::Comparison(Sample reference, Sample candidate, const EnergyBins& bins,
                       std::span<const std::size_t> allowed)
    : reference_(std::move(reference)), candidate_(std::move(candidate)) {
  std::vector<Sample> references = bins.split(reference_);
  std::vector<Sample> candidates = bins.split(candidate_);
  for (const std::size_t bin : allowed) {
    if (references[bin].size() < kBinPopulation || candidates[bin].size() < kBinPopulation)
      continue;
    bins_.push_back({std::move(references[bin]), std::move(candidates[bin])});
  }
}

std::vector<std::size_t> populated_bins(const EnergyBins& bins, std::span<const Sample> samples) {
  std::vector<std::size_t> numbers = all_bins(bins);
  for (const Sample& sample : samples) {
    const std::vector<Sample> split = bins.split(sample);
    std::erase_if(numbers,
                  [&split](std::size_t bin) { return split[bin].size() < kBinPopulation; });
  }
  return numbers;
}

}  // namespace showergan::physics
