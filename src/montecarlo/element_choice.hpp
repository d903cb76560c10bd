#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "montecarlo/medium.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// Draws the element that a particle meets in a medium, by its share of the macroscopic
/// cross-section. The shares are tabulated, evenly in the logarithm of the energy, and interpolated
/// linearly: they must vary smoothly with it.
class ElementChoice {
 public:
  /// `cross_section(i, energy)`: of element i of the medium, any unit, from `lowest` to `highest`
  /// MeV. Outside, the shares at the end hold.
  ElementChoice(std::size_t elements, double lowest, double highest,
                const std::function<double(std::size_t, double)>& cross_section);

  /// Index of an element of the medium.
  std::size_t draw(double energy, RandomStream& random) const;

 private:
  std::size_t elements_;
  double log_lowest_;
  double nodes_per_log_ = 0;
  std::size_t nodes_ = 0;
  std::vector<double> cumulative_;  ///< node by node, of all elements but the last
};

}  // namespace showergan::montecarlo
