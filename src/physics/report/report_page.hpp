#pragma once

#include <functional>
#include <optional>
#include <string>

#include "physics/report/picture.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {

/// Gives the picture of a figure; none where it could not be drawn.
using PictureOf = std::function<std::optional<EmbeddedPicture>(const AnyFigure&)>;

/// `index.html`: the whole report as one page that needs no other file and runs no script. First
/// the verdict (of the limits, or without limits the largest excesses), the table of metrics and
/// where the sets come from, then the sections.
std::string report_page(const Report& report, const PictureOf& picture_of);

/// The parts of its first screen, HTML.
std::string verdict_html(const Report& report);
std::string provenance_html(const Report& report);
std::string metrics_html(const Report& report);

}  // namespace showergan::physics
