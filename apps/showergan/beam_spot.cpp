#include "beam_spot.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan::app {
namespace {

bool parse_length(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

void check_within(double x, double y, double width_x, double width_y, const std::string& what) {
  if (std::abs(x) <= width_x / 2 && std::abs(y) <= width_y / 2) return;
  throw InputError(fmt::format("impact {:g},{:g} mm is beside {}", x, y, what), {},
                   fmt::format("stay within {:g} x {:g} mm around the middle", width_x, width_y));
}

}  // namespace

BeamSpot parse_beam_spot(const std::string& point, const std::string& spread) {
  BeamSpot spot;
  spot.given = !point.empty() || !spread.empty();
  if (!point.empty()) {
    const std::string_view view(point);
    const std::size_t comma = std::min(view.find(','), view.size());
    if (!parse_length(view.substr(0, comma), spot.x) || comma == view.size() ||
        !parse_length(view.substr(comma + 1), spot.y)) {
      throw InputError(fmt::format("--impact does not understand '{}'", point), {},
                       "give X,Y in mm");
    }
  }
  spot.over_a_cell = spread == "cell" || !spot.given;
  if (!spread.empty() && !spot.over_a_cell &&
      (!parse_length(spread, spot.sigma) || spot.sigma < 0)) {
    throw InputError(fmt::format("--impact-spread does not understand '{}'", spread), {},
                     "give a number in mm that is not negative, or 'cell'");
  }
  return spot;
}

void check_beam_spot(const BeamSpot& spot, const Detector& detector, bool mesh) {
  check_within(spot.x, spot.y, detector.width_x, detector.width_y, "the detector");
  if (!mesh) {
    check_within(spot.x, spot.y, detector.cell_x * static_cast<double>(detector.grid.nx),
                 detector.cell_y * static_cast<double>(detector.grid.ny), "the detector's cells");
  }
  const double half_width = std::min(detector.width_x, detector.width_y) / 2;
  if (spot.sigma <= half_width) return;
  throw InputError(fmt::format("--impact-spread {:g} mm is wider than the detector", spot.sigma),
                   {}, fmt::format("give at most {:g}", half_width));
}

void aim(montecarlo::Primary& primary, const BeamSpot& spot, const Detector& detector) {
  primary.x = spot.x;
  primary.y = spot.y;
  primary.spread_x = spot.over_a_cell ? detector.cell_x : 0;
  primary.spread_y = spot.over_a_cell ? detector.cell_y : 0;
  primary.sigma = spot.sigma;
}

std::string describe(const BeamSpot& spot) {
  if (!spot.given) return {};
  const std::string spread = spot.over_a_cell ? "a cell" : fmt::format("{:.10g} mm", spot.sigma);
  return fmt::format(", impact {:.10g},{:.10g} mm, spread {}", spot.x, spot.y, spread);
}

}  // namespace showergan::app
