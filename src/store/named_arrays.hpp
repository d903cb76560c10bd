#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/named_array.hpp"

namespace showergan {

/// All numeric data sets of an HDF5 file, such as Keras weights or recorded inputs, whatever their
/// group. Throws InputError for a file that is missing, not HDF5 or damaged.
NamedArrays read_named_arrays(const std::filesystem::path& path);

/// One data set by its path in the file. Throws InputError that lists the data sets if there is
/// none of that name.
NamedArray read_named_array(const std::filesystem::path& path, const std::string& name);

/// Names and shapes of the numeric data sets, without reading them.
std::map<std::string, std::vector<std::int64_t>> list_named_arrays(
    const std::filesystem::path& path);

/// Writes arrays (float32) and root attributes; the file appears when complete. A '/' in a name
/// makes groups. Throws as AtomicFile, and Error if the disk is full.
void write_named_arrays(const std::filesystem::path& path, const NamedArrays& arrays,
                        const std::map<std::string, std::string>& attributes = {},
                        bool force = false);

}  // namespace showergan
