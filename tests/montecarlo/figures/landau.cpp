#include "landau.hpp"

#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/gauss_legendre.hpp"

namespace showergan::montecarlo::figures {

double landau_density(double lambda) {
  // Beyond, t ln t + λt is above 40 for all λ of the domain.
  constexpr double end = 65;
  return gauss_legendre(
             [lambda](double t) {
               return std::exp(-t * (std::log(t) + lambda)) * std::sin(pi * t);
             },
             0, end, 130) /
         pi;
}

}  // namespace showergan::montecarlo::figures
