#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "beam_spot.hpp"
#include "condition_source.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// What the command line says of the primaries of a simulation.
struct PrimaryOptions {
  std::string particle = "e-";
  std::string energy;
  std::string theta;
  std::string phi;
  std::filesystem::path like;
  BeamSpot spot;

  /// The text of the provenance.
  std::string describe() const;
};

/// The primaries of a run. Throws InputError for those that the Monte Carlo is not made for.
/// `reading` is for the file of `--like`.
std::unique_ptr<ConditionSource> make_primaries(const PrimaryOptions& options, std::uint64_t seed,
                                                const ReadOptions& reading);

/// Whether showers come where the source says, and not at the spot.
bool has_impacts(const PrimaryOptions& options, const ConditionSource& source);

/// Refuses to go on with a file whose first `count` showers have other primaries than those that
/// are asked for now: another `--like` file of the same name, say.
void check_resumed(const std::filesystem::path& path, std::int64_t count,
                   const PrimaryOptions& options, ConditionSource& source);

}  // namespace showergan::app
