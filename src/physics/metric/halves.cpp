#include "physics/metric/halves.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "physics/metric/balanced_samples.hpp"
#include "physics/metric/energy_spectra.hpp"

namespace showergan::physics {

Halves deal_to_halves(const Sample& reference, const Sample& candidate, const EnergyBins& bins,
                      bool different) {
  const std::int64_t size = std::min(reference.size(), candidate.size());
  const std::vector<Sample> all = {reference, candidate};
  std::vector<Sample> used =
      different ? balance(all, bins) : std::vector{thin(reference, size), thin(candidate, size)};
  Sample& r = used[0];
  Sample& c = used[1];
  auto [r1, r2] = deal(r);
  auto [c1, c2] = deal(c);
  const bool paired = compare_energies(r, c).verdict == EnergySpectra::same;
  return {std::move(r),  std::move(c),  std::move(r1), std::move(r2),
          std::move(c1), std::move(c2), paired};
}

std::uint64_t stream_of(HalfName half, std::uint64_t resampling, bool paired) {
  auto number = static_cast<std::uint64_t>(half);
  if (paired) number %= 2;
  return 4 * resampling + number;
}

}  // namespace showergan::physics
