#pragma once

#include <string>

#include "montecarlo/medium.hpp"

namespace showergan::montecarlo::figures {

inline Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0, 0});
}

inline Medium tungsten() {
  return pure("W", 19.3);
}

inline Medium silicon() {
  return pure("Si", 2.33);
}

}  // namespace showergan::montecarlo::figures
