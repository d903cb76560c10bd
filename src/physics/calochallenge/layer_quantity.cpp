#include "physics/calochallenge/layer_quantity.hpp"

#include <algorithm>
#include <cmath>

#include "base/units.hpp"

namespace showergan::physics {
namespace {

/// Mean and standard deviation of a coordinate, weighted with the energy.
class Weighted {
 public:
  void add(double x, double energy) {
    first_ += x * energy;
    second_ += x * x * energy;
  }
  double mean(double energy) const { return energy > 0 ? first_ / energy : 0; }
  double deviation(double energy) const {
    if (energy <= 0) return 0;
    const double centre = mean(energy);
    return std::sqrt(std::max(0.0, second_ / energy - centre * centre));
  }

 private:
  double first_ = 0;
  double second_ = 0;
};

}  // namespace

std::string name_of(LayerQuantity quantity) {
  switch (quantity) {
    case LayerQuantity::energy:
      return "e_layer";
    case LayerQuantity::centre_eta:
      return "centre_eta";
    case LayerQuantity::centre_phi:
      return "centre_phi";
    case LayerQuantity::width_eta:
      return "width_eta";
    case LayerQuantity::width_phi:
      return "width_phi";
    case LayerQuantity::sparsity:
      return "sparsity";
    case LayerQuantity::centre_r:
      return "centre_r";
    case LayerQuantity::width_r:
      break;
  }
  return "width_r";
}

bool is_measured(LayerQuantity quantity, const VoxelLayer& layer) {
  switch (quantity) {
    case LayerQuantity::centre_eta:
    case LayerQuantity::centre_phi:
    case LayerQuantity::width_eta:
    case LayerQuantity::width_phi:
      return layer.sectors;
    default:
      return true;
  }
}

std::array<double, kLayerQuantities> measure_layer(std::span<const float> image,
                                                   const VoxelLayer& layer, double threshold) {
  double sum = 0;
  double filled = 0;
  Weighted eta;
  Weighted phi;
  Weighted radius;
  for (std::size_t i = 0; i < layer.cell.size(); ++i) {
    const double energy = static_cast<double>(image[layer.cell[i]]) / units::MeV;
    if (energy == 0 || energy < threshold) continue;
    sum += energy;
    filled += 1;
    eta.add(layer.eta[i], energy);
    phi.add(layer.phi[i], energy);
    radius.add(layer.radius[i], energy);
  }
  const double sparsity = 1 - filled / static_cast<double>(layer.cell.size());
  return {sum,      eta.mean(sum),    phi.mean(sum),        eta.deviation(sum), phi.deviation(sum),
          sparsity, radius.mean(sum), radius.deviation(sum)};
}

}  // namespace showergan::physics
