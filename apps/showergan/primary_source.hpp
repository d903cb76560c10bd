#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "condition_source.hpp"
#include "montecarlo/primary.hpp"

namespace showergan::app {

/// The primaries of a Monte Carlo run, a block at a time.
class PrimarySource {
 public:
  virtual ~PrimarySource() = default;
  /// Number of primaries that the source itself has; none if it goes on for ever.
  virtual std::optional<std::int64_t> size() const = 0;
  /// Without impact point.
  virtual std::vector<montecarlo::Primary> read(std::int64_t first, std::int64_t count) = 0;
  /// Whether primaries come at an angle, so that angles are worth writing down.
  virtual bool has_angles() const = 0;
};

/// Fixed or drawn values in GeV and rad; the draw of shower i depends on the seed and i.
struct PrimaryRequest {
  montecarlo::PrimaryKind kind = montecarlo::PrimaryKind::electron;
  ValueOrRange energy;
  std::optional<ValueOrRange> theta;
  std::optional<ValueOrRange> phi;
};
std::unique_ptr<PrimarySource> drawn_primaries(const PrimaryRequest& request, std::uint64_t seed);

/// Energies (and angles) of a shower file.
std::unique_ptr<PrimarySource> primaries_like(const std::filesystem::path& file,
                                              montecarlo::PrimaryKind kind);

}  // namespace showergan::app
