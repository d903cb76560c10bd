#pragma once

#include <string>

#include "montecarlo/primary.hpp"
#include "shower/detector.hpp"

namespace showergan::app {

/// Where the primaries of a run meet the front, as `--impact` and `--impact-spread` say.
struct BeamSpot {
  double x = 0;  ///< mm from the middle of the detector
  double y = 0;
  bool over_a_cell = true;  ///< even over the width of a cell around that
  double sigma = 0;         ///< or Gaussian, of this standard deviation along x and along y, mm
  bool given = false;       ///< by either option
};

/// `point` is "X,Y" (empty: the middle), `spread` "cell" or a number in mm (empty: 0 around a point
/// that is given, otherwise "cell"). Throws InputError for anything else.
BeamSpot parse_beam_spot(const std::string& point, const std::string& spread);

/// Refuses a spot beside the detector, or wider. Without a mesh, which follows the shower, it must
/// not be beside the detector's cells either. Throws InputError.
void check_beam_spot(const BeamSpot& spot, const Detector& detector, bool mesh);

/// Lets a primary come there.
void aim(montecarlo::Primary& primary, const BeamSpot& spot, const Detector& detector);

/// ", impact 3,4 mm, spread 2 mm" if it was given, for the provenance.
std::string describe(const BeamSpot& spot);

}  // namespace showergan::app
