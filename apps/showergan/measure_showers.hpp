#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "physics/image_geometry.hpp"
#include "physics/report/judged_set.hpp"
#include "physics/shower_set.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// The calorimeter that showers are measured with.
struct MeasuringDetector {
  std::string name;  ///< empty: not described
  physics::ImageGeometry geometry;
};

/// The detector called `wanted`; if that is empty, the one that the files (or else `stated`, the
/// name in a model's card) name; if none does, clic-ecal for 25x25x25 cells, else cells of 1 mm and
/// layers of equal weight. Throws InputError if files name different ones, if the description does
/// not fit the grid, or if a grid is not in x, y and z.
MeasuringDetector choose_detector(const std::vector<const ShowerReader*>& files,
                                  const std::string& wanted, const std::string& stated = "");

/// Observables of all showers of a file, read in bounded memory. The rows in `keep` (ascending,
/// each once) keep their images. Throws InputError for a shower that is not physical and Error if
/// the user interrupts.
physics::ShowerSet measure(ShowerReader& reader, const physics::ImageGeometry& geometry,
                           int threads, bool quiet, std::vector<std::int64_t> keep = {});

/// How many showers to read at a time.
std::int64_t showers_at_once(const Grid& grid);

/// What the report says about a file; `label` is its short name there.
physics::SetInfo describe_set(const ShowerReader& reader, const physics::ShowerSet& set,
                              const std::string& label);

}  // namespace showergan::app
