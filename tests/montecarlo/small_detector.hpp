#pragma once

#include <cstdint>

#include "shower/detector.hpp"

namespace showergan::montecarlo::test {

inline Material tungsten_plate() {
  return {"W", 19.3, {{"W", 1.0}}, 3.5, 0};
}

inline Material silicon_plate() {
  return {"Si", 2.33, {{"Si", 1.0}}, 93.7, 0};
}

inline Material lead_plate() {
  return {"Pb", 11.35, {{"Pb", 1.0}}, 5.6, 0};
}

inline Material polystyrene(double birks) {
  return {"PS", 1.06, {{"C", 0.922582}, {"H", 0.077418}}, 413.1, birks};
}

/// `layers` of 3.5 mm of tungsten and 0.5 mm of silicon, with 9 × 9 cells of 8 mm.
inline Detector sampling_calorimeter(std::int64_t layers) {
  Detector detector;
  detector.name = "test";
  detector.grid = {9, 9, layers};
  detector.cell_x = 8;
  detector.cell_y = 8;
  detector.materials = {{"W", tungsten_plate()}, {"Si", silicon_plate()}};
  detector.layers.assign(static_cast<std::size_t>(layers),
                         {{{"W", 3.5, false, true}, {"Si", 0.5, true, false}}});
  return detector;
}

/// One sensitive plate with one cell that is as wide.
inline Detector single_plate(const Material& material, double thickness) {
  Detector detector;
  detector.name = "plate";
  detector.grid = {1, 1, 1};
  detector.cell_x = detector.width_x;
  detector.cell_y = detector.width_y;
  detector.materials = {{material.name, material}};
  detector.layers = {{{{material.name, thickness, true, false}}}};
  return detector;
}

}  // namespace showergan::montecarlo::test
