#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace showergan::physics {

/// Three different showers of the reference whose energies agree to 5 %: one, one to compare it
/// with, and another that stands for a perfect candidate.
struct ReferenceTriple {
  std::int64_t shower = 0;
  std::int64_t partner = 0;
  std::int64_t other = 0;
};

/// `count` random triples of showers with these energies (GeV), so that the images they need can be
/// kept while the showers are read; fewer where few energies have company. Deterministic.
std::vector<ReferenceTriple> choose_triples(std::span<const double> energy, std::size_t count);

/// For each triple a random candidate of the first shower's energy to 5 %; none if there is none.
std::vector<std::optional<std::int64_t>> choose_candidates(
    std::span<const ReferenceTriple> triples, std::span<const double> reference_energy,
    std::span<const double> candidate_energy);

/// The rows that appear, ascending, each once.
std::vector<std::int64_t> rows_of(std::span<const ReferenceTriple> triples);
std::vector<std::int64_t> rows_of(std::span<const std::optional<std::int64_t>> candidates);

/// How many triples to choose so that the images of a comparison (four for a triple) stay below
/// 800 MB: 1,000, or fewer of large grids.
std::size_t number_of_triples(std::int64_t cells);

}  // namespace showergan::physics
