#pragma once

#include <string>
#include <vector>

#include "physics/image_geometry.hpp"
#include "physics/report/report.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// A file of showers with the name that the report gives it.
struct NamedShowers {
  const ShowerReader* file = nullptr;
  std::string label;
};

/// Showers of the files side by side: for a low, a middle and a high energy of the first file, of
/// each file the shower that is nearest in energy. Reads those showers only.
physics::ReportSection shower_gallery(const std::vector<NamedShowers>& files,
                                      const physics::ImageGeometry& geometry);

}  // namespace showergan::app
