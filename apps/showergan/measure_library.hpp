#pragma once

#include <span>

#include "physics/shower_library.hpp"
#include "physics/shower_set.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// Measures the showers that a library gives, in the order of `uses` (as plan_library makes them).
/// Those of `keep` (rows of the result) keep their images. The file is read once, in bounded
/// memory. Throws as measure().
physics::ShowerSet measure_library(ShowerReader& library, std::span<const physics::LibraryUse> uses,
                                   const physics::ImageGeometry& geometry,
                                   std::vector<std::int64_t> keep, int threads, bool quiet);

}  // namespace showergan::app
