#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/identification/energy_split.hpp"
#include "physics/identification/identification.hpp"
#include "physics/identification/identifier.hpp"
#include "physics/shower_set.hpp"

namespace showergan::physics {

/// With fewer showers of a particle a classifier learns nothing, or is judged by nothing.
inline constexpr std::int64_t kLeastOfParticle = 250;

/// Monte Carlo showers of another particle than the reference's.
struct OtherParticle {
  std::string name;  ///< "gamma"
  std::string file;
  const ShowerSet& showers;
};

/// A classifier of two particles, trained on Monte Carlo, that is applied to candidates for one of
/// them.
///
/// The reference and the showers of the other particle are split in order of energy
/// (split_neighbours); of the training and validation parts as many showers of both particles count
/// in each bin of the energy, so that the energy does not tell them apart. Bins in which either
/// holds fewer than 20 showers are left out everywhere. No shower is judged by a classifier that
/// has seen it, nor, where the candidate was generated at the energies of the reference, is a
/// candidate whose energy a shower of the training has.
class ParticleCheck {
 public:
  /// Trains the classifier. The reference must outlive it. Throws InputError if the two share too
  /// few energies.
  ParticleCheck(const ShowerSet& reference, const OtherParticle& other,
                const IdentificationOptions& options);

  /// Compares a candidate with the test part of the reference. There is a reason and no number if
  /// fewer than 100 showers of either are left.
  Identification apply(const ShowerSet& candidate) const;

 private:
  std::vector<std::string> warnings() const;
  Sample within(const Sample& sample) const;
  void compare_scores(Identification& result, bool paired) const;
  std::vector<EnergyEfficiency> by_energy(const Sample& reference, const Sample& candidate,
                                          const Identification& result) const;

  std::string name_;
  std::string file_;
  IdentificationOptions options_;
  Sample reference_;  ///< all of it
  EnergyBins bins_;
  EnergySplit split_;              ///< of the reference
  std::vector<std::size_t> used_;  ///< bins
  std::int64_t training_ = 0;
  std::optional<Identifier> identifier_;
  Sample test_;  ///< of the reference, in used bins
  std::vector<double> other_scores_;
  std::vector<double> other_energy_;
};

}  // namespace showergan::physics
