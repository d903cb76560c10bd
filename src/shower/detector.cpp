#include "shower/detector.hpp"

#include <iterator>

#include <fmt/format.h>

namespace showergan {
namespace {

void describe(const Slab& slab, const Detector& detector, std::string& text) {
  const Material& material = detector.materials.at(slab.material);
  fmt::format_to(std::back_inserter(text), "{} {} {} {};", slab.thickness, slab.sensitive,
                 material.density, material.birks);
  for (const auto& [element, fraction] : material.elements) {
    fmt::format_to(std::back_inserter(text), "{} {},", element, fraction);
  }
}

}  // namespace

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

std::uint64_t fingerprint(const Detector& detector) {
  const Grid& grid = detector.grid;
  std::string text =
      fmt::format("{} {} {} {} {} {} {}|", grid.nx, grid.ny, grid.nz, detector.cell_x,
                  detector.cell_y, detector.width_x, detector.width_y);
  for (const Layer& layer : detector.layers) {
    for (const Slab& slab : layer.slabs) describe(slab, detector, text);
    text += '|';
  }
  for (const Slab& slab : detector.behind) describe(slab, detector, text);
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace showergan
