#pragma once

#include <string>

#include "physics/classifier/classifier_result.hpp"
#include "physics/image_geometry.hpp"
#include "physics/report/report.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// The candidate showers that a classifier takes most, and least, for Monte Carlo: three of each.
/// Reads those showers only.
physics::ReportSection telling_showers(const ShowerReader& candidate, const std::string& label,
                                       const physics::ClassifierResult& classifier,
                                       const physics::ImageGeometry& geometry);

}  // namespace showergan::app
