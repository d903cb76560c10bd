#include "shower/detector.hpp"

namespace showergan {

double Layer::thickness() const {
  double sum = 0;
  for (const Slab& slab : slabs) sum += slab.thickness;
  return sum;
}

double Layer::absorber_thickness() const {
  double sum = 0;
  for (const Slab& slab : slabs) sum += slab.absorber ? slab.thickness : 0;
  return sum;
}

std::vector<double> Detector::layer_weights() const {
  std::vector<double> weights(layers.size(), 1.0);
  const double first = layers.empty() ? 0 : layers.front().absorber_thickness();
  if (first <= 0) return weights;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    weights[i] = layers[i].absorber_thickness() / first;
  }
  return weights;
}

}  // namespace showergan
