#pragma once

#include <filesystem>

#include "store/shower_reader.hpp"

namespace showergan::app {

struct ConvertShowersOptions {
  std::filesystem::path in;
  std::filesystem::path out;
  bool calochallenge = false;  ///< layout of `out`; 3DGAN otherwise
  ReadOptions reading;         ///< its binning serves for `out` as well
  bool force = false;
  bool quiet = false;
};

/// Writes the showers of a file in another layout, in bounded memory. Throws InputError for a wrong
/// input, and Error for a full disk or an interrupt; then there is no output.
void convert_showers(const ConvertShowersOptions& options);

}  // namespace showergan::app
