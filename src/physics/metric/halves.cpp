#include "physics/metric/halves.hpp"

#include <algorithm>
#include <vector>

#include "physics/metric/energy_spectra.hpp"

namespace showergan::physics {

Halves deal_to_halves(const Sample& reference, const Sample& candidate, const EnergyBins& bins,
                      bool different) {
  const std::int64_t size = std::min(reference.size(), candidate.size());
  auto [r, c] = different ? balance(reference, candidate, bins)
                          : std::pair(thin(reference, size), thin(candidate, size));
  auto [r1, r2] = deal(r);
  auto [c1, c2] = deal(c);
  const bool paired = compare_energies(r, c).verdict == EnergySpectra::same;
  return {std::move(r),  std::move(c),  std::move(r1), std::move(r2),
          std::move(c1), std::move(c2), paired};
}

std::pair<Sample, Sample> balance(const Sample& reference, const Sample& candidate,
                                  const EnergyBins& bins) {
  const std::vector<Sample> references = bins.split(reference);
  const std::vector<Sample> candidates = bins.split(candidate);
  std::vector<std::int64_t> rows_reference;
  std::vector<std::int64_t> rows_candidate;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    const std::int64_t size = std::min(references[bin].size(), candidates[bin].size());
    const auto append = [size](std::vector<std::int64_t>& rows, const Sample& sample) {
      const Sample some = thin(sample, size);
      rows.insert(rows.end(), some.rows().begin(), some.rows().end());
    };
    append(rows_reference, references[bin]);
    append(rows_candidate, candidates[bin]);
  }
  return {Sample(reference.set(), std::move(rows_reference)),
          Sample(candidate.set(), std::move(rows_candidate))};
}

std::uint64_t stream_of(HalfName half, std::uint64_t resampling, bool paired) {
  auto number = static_cast<std::uint64_t>(half);
  if (paired) number %= 2;
  return 4 * resampling + number;
}

}  // namespace showergan::physics
