#include "montecarlo/calorimeter.hpp"

#include <map>
#include <string>

namespace showergan::montecarlo {

Calorimeter::Calorimeter(const Detector& detector, const Settings& settings)
    : half_width_x_(detector.width_x / 2), half_width_y_(detector.width_y / 2) {
  std::map<std::string, std::uint32_t> numbers;
  double z = 0;
  const auto add = [&](const Slab& slab, std::int32_t layer) {
    const Material& material = detector.materials.at(slab.material);
    const auto [number, is_new] =
        numbers.try_emplace(slab.material, static_cast<std::uint32_t>(media_.size()));
    if (is_new) media_.push_back(std::make_unique<const MediumPhysics>(material, settings));
    plates_.push_back({z, z + slab.thickness, number->second, layer, slab.sensitive && layer >= 0,
                       material.birks});
    z += slab.thickness;
  };
  std::int32_t layer = 0;
  for (const Layer& description : detector.layers) {
    for (const Slab& slab : description.slabs) add(slab, layer);
    ++layer;
  }
  for (const Slab& slab : detector.behind) add(slab, -1);
}

double Calorimeter::distance_to_side(const Vector3& position, const Vector3& direction) const {
  const auto along = [](double half_width, double place, double towards) {
    if (towards == 0) return std::numeric_limits<double>::infinity();
    return std::max(0.0, (half_width - std::copysign(1.0, towards) * place) / std::abs(towards));
  };
  return std::min(along(half_width_x_, position.x, direction.x),
                  along(half_width_y_, position.y, direction.y));
}

}  // namespace showergan::montecarlo
