#pragma once

#include <filesystem>
#include <string>

#include "shower/binning.hpp"

namespace showergan {

/// Reads the XML of the CaloChallenge. Where it describes several particles (<Bin>), `particle`,
/// its name or pid, says which one is meant. Throws InputError that names file and line.
Binning read_binning(const std::filesystem::path& path, const std::string& particle = {});

/// The same XML as text.
std::string binning_xml(const Binning& binning);

/// A binning with a voxel for each cell of a Cartesian image: "ring" stands for x and "sector" for
/// y, so layer sums keep their meaning and radii have none.
Binning cartesian_binning(const Grid& grid);

/// Where the binning of a CaloChallenge file is looked for: out.h5 → out.binning.xml.
std::filesystem::path binning_path(const std::filesystem::path& shower_file);

}  // namespace showergan
