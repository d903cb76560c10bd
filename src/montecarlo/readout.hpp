#pragma once

#include <cstdint>
#include <variant>

#include "montecarlo/cell_map.hpp"
#include "montecarlo/mesh_map.hpp"
#include "montecarlo/shower_axis.hpp"

namespace showergan::montecarlo {

/// How the layers of a detector are read out: in its own cells, or in a mesh around the shower.
class Readout {
 public:
  explicit Readout(const CellMap& cells) : map_(cells) {}
  explicit Readout(const MeshMap& mesh) : map_(mesh) {}

  const Grid& grid() const {
    return std::visit([](const auto& map) -> const Grid& { return map.grid(); }, map_);
  }

  /// Place in the image of what a shower deposits in a layer, or −1 if that is not read out.
  std::int64_t place(const Vector3& position, std::int64_t layer, const ShowerAxis& axis) const {
    if (const auto* cells = std::get_if<CellMap>(&map_)) {
      return cells->place(position.x, position.y, layer);
    }
    return std::get_if<MeshMap>(&map_)->place(axis.across(position), layer);
  }

 private:
  std::variant<CellMap, MeshMap> map_;
};

}  // namespace showergan::montecarlo
