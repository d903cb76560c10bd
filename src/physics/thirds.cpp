#include "physics/thirds.hpp"

#include <algorithm>
#include <cstddef>

namespace showergan::physics {

std::array<double, 3> third_fractions(std::span<const double> layer_energy) {
  std::array<double, 3> thirds = {};
  const std::size_t length = layer_energy.size() / 3;
  double sum = 0;
  for (std::size_t layer = 0; layer < layer_energy.size(); ++layer) {
    const std::size_t third = length == 0 ? 2 : std::min<std::size_t>(layer / length, 2);
    thirds[third] += layer_energy[layer];
    sum += layer_energy[layer];
  }
  if (sum <= 0) return {};
  for (double& third : thirds) third /= sum;
  return thirds;
}

}  // namespace showergan::physics
