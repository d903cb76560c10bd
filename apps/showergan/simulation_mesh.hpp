#pragma once

#include <filesystem>
#include <string>

#include "shower/binning.hpp"
#include "shower/detector.hpp"

namespace showergan::app {

/// The mesh in which a detector is read out: of a particle (name or pid; empty if there is only
/// one) in a binning XML. Its layers with voxels are those of the detector, in order. Throws
/// InputError if they are not as many.
Binning read_mesh(const std::filesystem::path& binning, const std::string& particle,
                  const Detector& detector);

}  // namespace showergan::app
