#pragma once

#include <string>

namespace showergan {

/// What is asked of a shower: the primary particle. A model uses those numbers that it was trained
/// with and names them in its card ("energy", "theta", "phi").
struct Condition {
  float energy = 0;  ///< GeV
  float theta = 0;   ///< polar angle, rad
  float phi = 0;     ///< azimuth, rad
};

/// An interval of a condition that a model knows.
struct ConditionRange {
  std::string name;  ///< "energy", "theta", "phi"
  double low = 0;
  double high = 0;
};

}  // namespace showergan
