#include "physics/metric/balanced_samples.hpp"

#include <algorithm>
#include <limits>

#include "physics/metric/energy_spectra.hpp"

namespace showergan::physics {

std::vector<Sample> balance(std::span<const Sample> samples, const EnergyBins& bins) {
  std::vector<std::vector<Sample>> split;
  for (const Sample& sample : samples) split.push_back(bins.split(sample));
  std::vector<std::vector<std::int64_t>> rows(samples.size());
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    std::int64_t size = std::numeric_limits<std::int64_t>::max();
    for (const auto& parts : split) size = std::min(size, parts[bin].size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const Sample some = thin(split[i][bin], size);
      rows[i].insert(rows[i].end(), some.rows().begin(), some.rows().end());
    }
  }
  std::vector<Sample> balanced;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    balanced.emplace_back(samples[i].set(), std::move(rows[i]));
  }
  return balanced;
}

std::vector<Sample> comparable_samples(const ShowerSet& reference,
                                       std::span<const ShowerSet* const> candidates) {
  std::vector<Sample> all = {Sample(reference)};
  for (const ShowerSet* candidate : candidates) all.emplace_back(*candidate);
  const bool different = std::ranges::any_of(all, [&](const Sample& sample) {
    return compare_energies(all.front(), sample).verdict == EnergySpectra::different;
  });
  return different ? balance(all, EnergyBins(reference.energy())) : all;
}

}  // namespace showergan::physics
