#pragma once

#include <cstddef>
#include <string>

#include "physics/classifier/classifier_result.hpp"
#include "physics/image_geometry.hpp"
#include "physics/report/report.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// The candidate showers that a classifier takes most, and least, for Monte Carlo: three of each.
/// Reads those showers only. `number` of the candidate, for the name of the figure.
physics::ReportSection telling_showers(const ShowerReader& candidate, std::size_t number,
                                       const std::string& label,
                                       const physics::ClassifierResult& classifier,
                                       const physics::ImageGeometry& geometry);

}  // namespace showergan::app
