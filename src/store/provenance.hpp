#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace showergan {

/// Where showers come from: the root attributes `detector`, `source` and `seed` of a file. Files of
/// others may have none of them.
struct Provenance {
  std::string detector;               ///< name of the detector description
  std::string source;                 ///< Monte Carlo or model, with version
  std::optional<std::uint64_t> seed;  ///< of the random numbers that made the showers
};

}  // namespace showergan
