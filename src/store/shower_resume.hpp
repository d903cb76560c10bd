#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "shower/shower_batch.hpp"
#include "store/write_options.hpp"

namespace showergan {

/// How many showers are in the file of an earlier run that is to be continued with these options;
/// none if there is no file.
///
/// The whole file is read once, by options.threads threads, so that no hours of work are added to a
/// damaged one. Throws InputError if it is damaged, or names all that differs if it has another
/// layout, grid, binning, axes or provenance. Must not be called under the Hdf5Lock.
std::optional<std::int64_t> showers_to_resume(const std::filesystem::path& path, const Grid& grid,
                                              const WriteOptions& options);

}  // namespace showergan
