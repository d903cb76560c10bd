#pragma once

#include <cstdint>

#include "physics/energy_bins.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// Two samples thinned to one size, each dealt to two halves of equal size in order of energy. A
/// metric is the mean of those between reference and candidate of the first and of the second
/// halves; its floor is that between the halves of the reference.
struct Halves {
  Sample reference;  ///< thinned
  Sample candidate;  ///< thinned
  Sample reference_1;
  Sample reference_2;
  Sample candidate_1;
  Sample candidate_2;
  /// Whether reference and candidate have the same energies, so that the fluctuations of the
  /// energies are common to both and are to be resampled together.
  bool paired = false;

  std::int64_t size() const noexcept { return reference_1.size(); }
};

/// Deals two samples. With `different` spectra they are thinned to equal numbers in each bin of the
/// energy, else to the size of the smaller one.
Halves deal_to_halves(const Sample& reference, const Sample& candidate, const EnergyBins& bins,
                      bool different);

/// Number of the random stream of a half in a resampling: of the references 1 and 2, and of the
/// candidates 1 and 2, which share those of the references where the energies are the same.
enum class HalfName { reference_1, reference_2, candidate_1, candidate_2 };
std::uint64_t stream_of(HalfName half, std::uint64_t resampling, bool paired);

}  // namespace showergan::physics
